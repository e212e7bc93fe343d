import type { RouteOutcome } from '@orbweaver/contracts/explain'
import { routedCode } from '@orbweaver/istio/simulate/route/routed-code'
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
      word={say({ code: `route.outcome.${codeOf(outcome)}`, params: paramsOf(outcome) })}
    />
  )
}

/** What is sent where nothing answers is no success. */
function healthOf(outcome: RouteOutcome): Health {
  if (outcome.kind !== 'routed') return healths[outcome.kind]
  return routedHealths[routedCode(outcome.destinations)]
}

const routedHealths = { routed: 'healthy', 'routed-in-part': 'attention', 'routed-nowhere': 'broken' } as const

function codeOf(outcome: RouteOutcome): string {
  return outcome.kind === 'routed' ? routedCode(outcome.destinations) : outcome.kind
}

function paramsOf(outcome: RouteOutcome): Params {
  if (outcome.kind === 'redirect') return { location: outcome.location, status: outcome.status }
  return outcome.kind === 'direct' ? { status: outcome.status } : {}
}
