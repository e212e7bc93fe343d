import type { MeshDetail } from '@orbweaver/contracts/meshes'
import type { Stray } from '@orbweaver/contracts/portable-mesh'
import { Failure } from '@orbweaver/ui/failure'
import { Section } from '@orbweaver/ui/page'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { api } from '../../../api/api.ts'
import { useFailureOf } from '../../../api/failure.ts'
import { ObjectName } from '../../../app/plan/object-name.tsx'
import { usePlan } from '../../../app/plan/use-plan.ts'
import './strays.css'
import { useStraysText } from './text.ts'

/** Objects that one plan takes. */
const atOnce = 100

/** Istio's rules that lie in members of a managed mesh: nobody reads them there. Brought to the control plane by a plan. */
export function Strays(props: { of: Pick<MeshDetail, 'mesh'> | undefined }) {
  const mesh = props.of?.mesh
  if (mesh?.kind !== 'Managed') return null
  return <Found mesh={mesh.name} controlPlane={mesh.controlPlaneCluster} />
}

function Found(props: { mesh: string; controlPlane: string }) {
  const t = useStraysText()
  const { mesh, controlPlane } = props
  const query = useQuery(api.meshes.strays.queryOptions({ input: { name: mesh } }))
  const failure = useFailureOf(query.error)
  if (query.data === undefined) {
    return (
      failure !== undefined && (
        <Section title={t('title')}>
          <Failure failure={failure} onRetry={() => void query.refetch()} />
        </Section>
      )
    )
  }
  const { items, total } = query.data
  if (items.length === 0) return null
  const sources = [...new Set(items.map(({ ref }) => ref.cluster))]
  return (
    <Section title={t('title')}>
      <p className="ow-soft">
        {t('hint', { cluster: controlPlane })} {t('conflicts')}
      </p>
      <table className="mesh-strays" aria-label={t('title')}>
        <thead>
          <tr>
            <th scope="col">{t('source')}</th>
            <th scope="col">{t('object')}</th>
            <th scope="col">{t('there', { cluster: controlPlane })}</th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ ref, there }) => (
            <tr key={JSON.stringify(ref)}>
              <td>{ref.cluster}</td>
              <td>
                <ObjectName of={ref} />
              </td>
              <td>{t(`state.${there}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {items.length < total && <p className="ow-muted">{t('more', { shown: items.length, total })}</p>}
      <ul className="mesh-strays-actions">
        {sources.map((source) => (
          <Bring key={source} {...props} source={source} strays={items.filter(({ ref }) => ref.cluster === source)} />
        ))}
      </ul>
    </Section>
  )
}

function Bring(props: { mesh: string; controlPlane: string; source: string; strays: Stray[] }) {
  const t = useStraysText()
  const plan = usePlan()
  const { mesh, controlPlane, source, strays } = props
  const bring = (chosen: Stray[], moved: boolean) =>
    plan.open({
      type: 'meshes.import',
      name: mesh,
      objects: chosen
        .slice(0, atOnce)
        .map(({ object }) => ({ cluster: controlPlane, object, ...(moved && { from: source }) })),
      conflicts: 'keep',
    })
  const missing = strays.filter(({ there }) => there !== 'same')
  return (
    <li>
      <code>{source}</code>
      {missing.length > 0 && (
        <Button size="small" aria-label={t('copyOf', { cluster: source })} onClick={() => bring(missing, false)}>
          {t('copy')}
        </Button>
      )}
      <Button size="small" aria-label={t('moveOf', { cluster: source })} onClick={() => bring(strays, true)}>
        {t('move')}
      </Button>
    </li>
  )
}
