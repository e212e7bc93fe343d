import type { RouteOutcome } from '@orbweaver/contracts/explain'
import type { Params } from '@orbweaver/contracts/message'
import { type Health, Status } from '@orbweaver/ui/status'
import { useMessage } from '../../text/messages.ts'

const healths: Record<RouteOutcome['kind'], Health> = {
  routed: 'healthy',
  redirect: 'healthy',
  direct: 'healthy',
  passthrough: 'attention',
  blackhole: 'broken',
  'no-route': 'broken',
  fault: 'attention',
  unknown: 'unknown',
}

/** What a request comes to, in one line. */
export function Outcome(props: { outcome: RouteOutcome }) {
  const say = useMessage()
  const { outcome } = props
  return (
    <Status
      health={healthOf(outcome)}
      word={say({ code: `route.outcome.${outcome.kind}`, params: paramsOf(outcome) })}
    />
  )
}

/** What is sent where nothing answers is no success. */
function healthOf(outcome: RouteOutcome): Health {
  if (outcome.kind !== 'routed') return healths[outcome.kind]
  const failing = outcome.destinations.filter(({ fails }) => fails !== undefined)
  if (failing.length === 0) return 'healthy'
  return failing.length === outcome.destinations.length ? 'broken' : 'attention'
}

function paramsOf(outcome: RouteOutcome): Params {
  if (outcome.kind === 'redirect') return { location: outcome.location, status: outcome.status }
  return outcome.kind === 'direct' ? { status: outcome.status } : {}
}
