import type { Check } from '@orbweaver/contracts/clusters'
import type { Stage } from '@orbweaver/contracts/meshes'
import type { Finding } from '@orbweaver/contracts/plan'
import type { CheckText } from '@orbweaver/ui/checks'
import type { StageText } from '@orbweaver/ui/stage-list'
import { paths } from '../paths.ts'
import { type SayMessage, useMessage } from '../text/messages.ts'
import '../text/later.ts'
import { AppLink } from './link.tsx'

/** A finding in one line, and what Istio does about it. */
export function useFindingText(): (finding: Finding) => { title: string; detail: string } {
  const say = useMessage()
  return ({ code, params }) => ({
    title: say({ code: `finding.${code}.title`, params }),
    detail: say({ code: `finding.${code}.detail`, params }),
  })
}

/** Checks of the wire as the kit's `Checks` shows them. */
export function useCheckText(): (check: Check) => CheckText {
  const say = useMessage()
  return ({ id, cluster, severity, params, fix }) => ({
    id,
    severity,
    text: say({ code: `check.${id}`, params: { cluster: cluster ?? '', ...params, ...doorReason(params, say) } }),
    place: cluster,
    fix:
      fix === undefined
        ? undefined
        : { text: <Remedy code={fix.code} cluster={cluster} params={params} />, commands: fix.commands },
  })
}

/** Where the console itself does what a check asks for. */
const remedies: Record<string, (cluster: string) => string> = {
  'register-cluster': () => paths.clusterRegister(),
  'check-cluster': paths.cluster,
  'state-peer-address': paths.clusterEdit,
  'state-network': paths.clusterEdit,
  'agree-on-network': paths.clusterEdit,
}

function Remedy(props: { code: string; cluster: string | undefined; params: Check['params'] }) {
  const say = useMessage()
  const { code, cluster, params } = props
  const words = say({ code: `fix.${code}`, params })
  const place = remedies[code]
  return place === undefined || cluster === undefined ? words : <AppLink to={place(cluster)}>{words}</AppLink>
}

/** Why a cluster cannot be reached is itself a code: of the door (`kube.timeout`), of its record or its credentials. */
function doorReason({ reason }: Check['params'], say: SayMessage): Check['params'] {
  return typeof reason === 'string' && /^(kube|clusters|kubeconfig)\./.test(reason)
    ? { reason: say({ code: reason, params: {} }) }
    : {}
}

/** Stages of the wire as the kit's `StageList` shows them. */
export function useStageText(): (stage: Stage) => StageText {
  const say = useMessage()
  return ({ name, cluster, state, since, reason }) => ({
    id: `${name}@${cluster}`,
    title: say({ code: `stage-name.${name}`, params: { cluster } }),
    place: cluster,
    state,
    since,
    ...(reason === undefined ? {} : { reason: say(reason) }),
  })
}
