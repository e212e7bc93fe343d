import type { DerivedObject } from '@orbweaver/contracts/plan'
import { StatusShape } from '@orbweaver/ui/status'
import { useId, useState } from 'react'
import { useMessage } from '../../text/messages.ts'
import { ObjectName } from './object-name.tsx'
import { usePlanText } from './text.ts'

/** What the reconciler will make from the mesh, by stage and cluster; what stays as it is when asked for. */
export function DerivedObjects(props: { objects: DerivedObject[] }) {
  const t = usePlanText()
  const [all, setAll] = useState(false)
  const changing = props.objects.filter((each) => each.op !== 'unchanged')
  const unchanged = props.objects.length - changing.length
  return (
    <>
      <Stages objects={all ? props.objects : changing} />
      {unchanged > 0 && (
        <p className="ow-derived-stage">
          <button type="button" className="ow-link" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? t('hideUnchanged') : t('showUnchanged', { count: unchanged })}
          </button>
        </p>
      )}
    </>
  )
}

function Stages(props: { objects: DerivedObject[] }) {
  const say = useMessage()
  return grouped(props.objects).map(({ stage, cluster, objects }) => {
    return (
      <div key={`${stage}/${cluster}`} className="ow-derived-stage">
        <h4>
          {say({ code: `stage-name.${stage}`, params: {} })} <span className="ow-tag">{cluster}</span>
        </h4>
        <ul className="ow-items">
          {objects.map((object) => (
            <Derived key={JSON.stringify(object.ref)} object={object} />
          ))}
        </ul>
      </div>
    )
  })
}

type Group = { stage: string; cluster: string; objects: DerivedObject[] }

/** In the order the stages are told. */
function grouped(objects: DerivedObject[]): Group[] {
  const groups: Group[] = []
  for (const object of objects) {
    const { stage, ref } = object
    const group = groups.find((each) => each.stage === stage && each.cluster === ref.cluster)
    if (group === undefined) groups.push({ stage, cluster: ref.cluster, objects: [object] })
    else group.objects.push(object)
  }
  return groups
}

function Derived(props: { object: DerivedObject }) {
  const t = usePlanText()
  const id = useId()
  const [open, setOpen] = useState(false)
  const { object } = props
  return (
    <li className="ow-item">
      <div className="ow-item-head">
        <span className={`ow-op ow-op-${object.op}`}>{t(`op.${object.op}`)}</span>
        <ObjectName of={object.ref} hideCluster />
        {object.permitted !== 'yes' && (
          <span className="ow-dry">
            <StatusShape health={object.permitted === 'no' ? 'broken' : 'unknown'} />
            {t(`permitted.${object.permitted}`)}
          </span>
        )}
        <button
          type="button"
          className="ow-link"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          {open ? t('hideDiff') : t('showYaml')}
        </button>
      </div>
      {open && (
        <pre id={id} className="ow-words">
          {object.yaml}
        </pre>
      )}
    </li>
  )
}
