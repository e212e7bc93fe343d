import type { Stay } from '@orbweaver/contracts/removal'
import { Section } from '@orbweaver/ui/page'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { api } from '../../api/api.ts'
import { ObjectName } from '../../app/plan/object-name.tsx'
import { usePlan } from '../../app/plan/use-plan.ts'
import { useMessage } from '../../text/messages.ts'
import { useText } from './text.ts'

/** What no control plane in the cluster needs any more; each sort of it goes by a plan of its own. */
export function ClusterLeftovers(props: { cluster: string }) {
  const t = useText()
  const say = useMessage()
  const { data } = useQuery(api.clusters.leftovers.queryOptions({ input: { name: props.cluster } }))
  if (data === undefined || data.stays.length + data.unread.length === 0) return null
  return (
    <Section title={t('leftovers.title')}>
      {data.stays.length > 0 && <p className="ow-soft">{t('leftovers.hint')}</p>}
      <ul className="cluster-leftovers">
        {data.stays.map((each) => (
          <Row key={each.code} cluster={props.cluster} stay={each} />
        ))}
      </ul>
      {data.unread.map((each) => (
        <p key={JSON.stringify(each.params)} className="ow-soft">
          {say(each)}
        </p>
      ))}
    </Section>
  )
}

/** One plan takes at most 200 objects; the rest is offered again after it. */
const atOnce = 200

function Row(props: { cluster: string; stay: Stay }) {
  const t = useText()
  const say = useMessage()
  const plan = usePlan()
  const { cluster, stay } = props
  const objects = stay.objects.slice(0, atOnce)
  const remove = () =>
    plan.open(
      { type: 'clusters.clean', name: cluster, objects },
      // Deleting a type deletes every object of it: that is confirmed by name.
      stay.code === 'custom-resource' ? { confirmName: cluster, stays: [] } : {},
    )
  return (
    <li>
      <div className="cluster-leftover">
        <span>{say({ code: `leftover.${stay.code}`, params: {} })}</span>
        <Button size="small" onClick={remove} aria-label={t('leftovers.removeThese', { count: objects.length })}>
          {t('leftovers.remove')}
        </Button>
      </div>
      <details>
        <summary>{t('leftovers.objects', { count: stay.objects.length })}</summary>
        <ul>
          {stay.objects.map((ref) => (
            <li key={JSON.stringify(ref)}>
              <ObjectName of={ref} />
            </li>
          ))}
        </ul>
      </details>
    </li>
  )
}
