import type { Cluster } from '@orbweaver/contracts/clusters'
import { type Health, Status } from '@orbweaver/ui/status'
import { useText } from './text.ts'

const types = ['Reachable', 'Authorized', 'OperatorReady', 'IstioFound'] as const
type Known = (typeof types)[number]

/** Conditions of the FleetCluster as kubectl shows them, worded where the console wrote them itself. */
export function Conditions(props: { conditions: Cluster['conditions'] }) {
  const t = useText()
  if (props.conditions.length === 0) return <p className="ow-muted">{t('noConditions')}</p>
  return (
    <ul className="ow-conditions">
      {props.conditions.map((condition) => {
        const known = types.find((each) => each === condition.type)
        return (
          <li key={condition.type}>
            <span>{known === undefined ? condition.type : t(`condition.${known}`)}</span>
            <Status
              health={healthOf(condition.status, known)}
              word={t(`conditionStatus.${condition.status}`)}
              reason={condition.status === 'True' ? undefined : condition.message || undefined}
              since={condition.since}
            />
          </li>
        )
      })}
    </ul>
  )
}

/** That no Istio or operator is there is a fact, not a fault. */
function healthOf(status: Cluster['conditions'][number]['status'], known: Known | undefined): Health {
  if (status === 'True') return 'healthy'
  if (status === 'Unknown') return 'unknown'
  if (known === 'IstioFound') return 'unknown'
  return known === 'OperatorReady' ? 'attention' : 'broken'
}
