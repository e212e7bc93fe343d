import type { Step } from '@orbweaver/contracts/learning-path'
import type { MeshSummary } from '@orbweaver/contracts/meshes'
import { Mermaid } from '@orbweaver/ui/mermaid'
import { Section } from '@orbweaver/ui/page'
import { Select } from 'antd'
import { useGo } from '../../../app/location.ts'
import { useMessage } from '../../../text/messages.ts'
import { useText } from '../text.ts'
import { flowchart } from './flowchart.ts'
import { placeOf } from './step-place.ts'

/** The product's flowchart, each step with its state and a link to where it is done. */
export function LearningPath(props: {
  steps: Step[]
  meshes: MeshSummary[]
  mesh: string | undefined
  onMesh: (mesh: string) => void
}) {
  const t = useText()
  const say = useMessage()
  const go = useGo()
  const { steps, meshes } = props
  const chosen = meshes.find((each) => each.name === props.mesh) ?? meshes.at(-1)
  const managed = chosen?.kind === 'Managed' ? chosen : meshes.findLast((each) => each.kind === 'Managed')
  const target = { mesh: chosen?.name, managed: managed?.name }
  const stepName = (step: Step) => say({ code: `start.step.${step.id}`, params: {} })
  const stateName = (step: Step) =>
    step.count === undefined || step.count === 0
      ? t(`start.states.${step.state}`)
      : `${t(`start.states.${step.state}`)} ${t('start.count', { count: step.count })}`
  const source = flowchart(steps, { row: (row) => t(rowKey(row)), step: stepName, state: stateName })
  const nodes = steps.map((step) => {
    const place = step.state === 'not-built' ? undefined : placeOf(step.id, target)
    return {
      id: step.id,
      label: stepName(step),
      note: stateName(step),
      ...(place === undefined ? {} : { onSelect: () => go(place) }),
    }
  })
  return (
    <Section title={t('start.path')} aside={meshes.length > 1 && <Into {...props} chosen={chosen?.name} />}>
      <div className="start-path ow-card">
        <Mermaid label={t('start.path')} source={source} nodes={nodes} />
      </div>
    </Section>
  )
}

function rowKey(row: string) {
  if (row === 'inject') return 'start.rows.inject'
  return row === 'govern' ? 'start.rows.govern' : 'start.rows.operate'
}

function Into(props: { meshes: MeshSummary[]; chosen: string | undefined; onMesh: (mesh: string) => void }) {
  const t = useText()
  return (
    <span className="ow-row">
      <span className="ow-soft">{t('start.mesh')}</span>
      <Select
        aria-label={t('start.mesh')}
        size="small"
        style={{ minWidth: 140 }}
        {...(props.chosen === undefined ? {} : { value: props.chosen })}
        options={props.meshes.map(({ name }) => ({ value: name, label: name }))}
        onChange={props.onMesh}
      />
    </span>
  )
}
