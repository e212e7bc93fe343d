import type { Intent } from '@orbweaver/contracts/intent'
import type { Evidence } from '@orbweaver/istio/networks/connectivity'
import { Drawer } from '@orbweaver/ui/drawer'
import { Section } from '@orbweaver/ui/page'
import { type Health, Status } from '@orbweaver/ui/status'
import { Button } from 'antd'
import { AppLink } from '../../../app/link.tsx'
import { useGo } from '../../../app/location.ts'
import { usePlan } from '../../../app/plan/use-plan.ts'
import { paths } from '../../../paths.ts'
import { useMessage } from '../../../text/messages.ts'
import type { Judged } from './groups.ts'
import { useNetworkText } from './text.ts'
import { wayHealth } from './way-health.ts'

type Props = {
  mesh: string
  /** The mesh is being deleted: nothing can be planned for it. */
  held: boolean
  judged: Judged
  onMove: (clusters: string[]) => void
  /** Something else takes the place of what is shown. */
  onAct?: () => void
}

/** One way, part by part: what was looked at, what it said, and what to do. */
export function WayDrawer(props: Props & { onClose: () => void }) {
  const t = useNetworkText()
  const say = useMessage()
  const { from, to, way } = props.judged
  return (
    <Drawer title={t('ways.title', { from: from.cluster, to: to.cluster })} open onClose={props.onClose}>
      <Status health={wayHealth[way.state]} word={t(`ways.state.${way.state}`)} />
      <p>{say(way.reason)}</p>
      <Section title={t('ways.next')}>
        <NextStep {...props} onAct={props.onClose} />
      </Section>
      <Section title={t('ways.evidence')}>
        <ul className="mesh-lines">
          {way.evidence.map((each, index) => (
            <EvidenceLine key={index} mesh={props.mesh} evidence={each} />
          ))}
        </ul>
      </Section>
    </Drawer>
  )
}

const holdsHealth: Record<Evidence['holds'], Health> = { yes: 'healthy', no: 'broken', unknown: 'unknown' }

function EvidenceLine(props: { mesh: string; evidence: Evidence }) {
  const t = useNetworkText()
  const say = useMessage()
  const { evidence } = props
  return (
    <li>
      <Status health={holdsHealth[evidence.holds]} word={t(`ways.holds.${evidence.holds}`)} reason={say(evidence)} />
      {evidence.ref?.group === 'networking.istio.io' && evidence.holds === 'yes' && (
        <AppLink to={paths.object(props.mesh, evidence.ref)}>{t('ways.openObject')}</AppLink>
      )}
    </li>
  )
}

/** What to do about a way; where the console can do it, by plan. */
export function NextStep(props: Props) {
  const t = useNetworkText()
  const plan = usePlan()
  const go = useGo()
  const { mesh, held, judged, onAct } = props
  const { from, to, way } = judged
  const open = (intent: Intent) => {
    onAct?.()
    plan.open(intent)
  }
  const cluster = way.evidence.find((each) => each.holds !== 'yes')?.cluster ?? to.cluster
  switch (way.next) {
    case 'repair':
      return <Act held={held} label={t('action.repair')} onClick={() => open({ type: 'meshes.repair', name: mesh })} />
    case 'expose':
      return (
        <Act
          held={held}
          label={t('expose')}
          onClick={() => open({ type: 'meshes.expose-services', name: mesh, expose: true })}
        />
      )
    case 'gateway':
      return <Act held={held} label={t('action.gateway')} onClick={() => go(paths.meshNetworks(mesh))} />
    case 'restart':
      return <Restart mesh={mesh} place={cluster === from.cluster ? from : to} onOpen={open} />
    case 'separate':
      return (
        <Act
          held={held}
          label={t('ways.separate', { cluster: to.cluster })}
          onClick={() => {
            onAct?.()
            props.onMove([to.cluster])
          }}
        />
      )
    case 'cluster':
      return <AppLink to={paths.cluster(cluster)}>{t('ways.openCluster', { cluster })}</AppLink>
    default:
      return <span className="ow-soft">{t(`ways.${way.next}`, { cluster, from: from.cluster, to: to.cluster })}</span>
  }
}

function Restart(props: { mesh: string; place: Judged['to']; onOpen: (intent: Intent) => void }) {
  const t = useNetworkText()
  const workloads = (props.place.stale?.workloads ?? []).filter((each) => each.restartable).map((each) => each.ref)
  const byHand = (props.place.stale?.workloads.length ?? 0) - workloads.length
  if (workloads.length === 0) return <span className="ow-soft">{t('byHand', { count: byHand })}</span>
  return (
    <Act
      held={false}
      label={t('restart', { count: workloads.length })}
      onClick={() => props.onOpen({ type: 'sidecars.restart', mesh: props.mesh, workloads })}
    />
  )
}

function Act(props: { held: boolean; label: string; onClick: () => void }) {
  return (
    <Button size="small" disabled={props.held} onClick={props.onClick}>
      {props.label}
    </Button>
  )
}
