import type { Check } from '@orbweaver/contracts/clusters'
import { refKey } from '@orbweaver/contracts/kubernetes'
import type { Stage } from '@orbweaver/contracts/meshes'
import type { Finding } from '@orbweaver/contracts/plan'
import type { CheckText } from '@orbweaver/ui/checks'
import type { StageText } from '@orbweaver/ui/stage-list'
import { useRouterState } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { type SayMessage, useGeneral, useMessage } from '../text/messages.ts'
import { AppLink } from './link.tsx'
import { byResource, inShort, isShortened, type ResourceRights } from './rights/spelled.ts'
import { ObjectName } from './plan/object-name.tsx'

/** A finding in one line, and what Istio does about it. */
export function useFindingText(): (finding: Finding) => { title: string; detail: string } {
  const say = useMessage()
  return ({ code, params }) => ({
    title: say({ code: `finding.${code}.title`, params }),
    detail: say({ code: `finding.${code}.detail`, params }),
  })
}

/** A kind of finding in words: what a finding fills in stands as `…`. */
export function useCodeText(): (code: string) => { title: string; detail: string; fix: (slug: string) => string } {
  const say = useGeneral()
  return (code) => ({
    title: say(`finding.${code}.title`),
    detail: say(`finding.${code}.detail`),
    fix: (slug) => say(`finding.${code}.fixes.${slug}`),
  })
}

/** Checks of the wire as the kit's `Checks` shows them; with the mesh that they are about, once it exists. */
export function useCheckText(mesh?: string): (check: Check) => CheckText {
  const say = useMessage()
  return (check) => {
    const { id, cluster, severity, params, fix, evidence = [] } = check
    const rights = id === 'permissions.missing' ? byResource(String(params.missing)) : []
    const filled = {
      cluster: cluster ?? '',
      ...params,
      ...doorReason(params, say),
      ...topicName(params, say),
      ...(rights.length > 0 && { missing: inShort(rights) }),
    }
    return {
      id: [id, ...evidence.slice(0, 1).map(({ ref }) => refKey(ref)), params.field ?? ''].join(' '),
      severity,
      text: say({ code: `check.${sentenceOf(check)}`, params: filled }),
      place: cluster,
      evidence: [
        ...evidence.map(({ ref, value }) => ({ key: refKey(ref), of: <ObjectName of={ref} />, value })),
        ...(isShortened(rights) ? rights.map(asEvidence) : []),
      ],
      fix:
        fix === undefined
          ? undefined
          : { text: <Remedy code={fix.code} cluster={cluster} mesh={mesh} params={params} />, commands: fix.commands },
    }
  }
}

function asEvidence({ resource, verbs }: ResourceRights) {
  return { key: resource, of: <code>{resource}</code>, value: verbs.join(', ') }
}

/** What was found is not for everybody: that is one sentence, whatever it is about. */
function sentenceOf({ id, cluster }: Check): string {
  if (!id.endsWith('.withheld')) return id
  return cluster === undefined ? 'withheld.between' : 'withheld.told'
}

function topicName({ topic }: Check['params'], say: SayMessage): Check['params'] {
  return typeof topic === 'string' ? { topic: say({ code: `check-topic.${topic}`, params: {} }) } : {}
}

/** Where the console itself does what a check asks for. */
const remedies: Record<string, (cluster: string) => string> = {
  'register-cluster': () => paths.clusterRegister(),
  'check-cluster': paths.cluster,
  'state-peer-address': paths.clusterEdit,
  'state-network': paths.clusterEdit,
  'agree-on-network': paths.clusterEdit,
}

/** Where a mesh that exists does it. */
const meshRemedies: Record<string, (mesh: string) => string> = {
  'change-root': paths.meshCertificates,
  'align-services': (mesh) => paths.meshNetworks(mesh, { tab: 'services' }),
  'restart-after-join': (mesh) => paths.sidecars(mesh),
}

function Remedy(props: {
  code: string
  cluster: string | undefined
  mesh: string | undefined
  params: Check['params']
}) {
  const say = useMessage()
  const { code, cluster, mesh, params } = props
  const words = say({ code: `fix.${code}`, params })
  const here = useRouterState({ select: ({ location }) => location.pathname })
  const inCluster = cluster === undefined ? undefined : remedies[code]?.(cluster)
  const place = inCluster ?? (mesh === undefined ? undefined : meshRemedies[code]?.(mesh))
  return place === undefined || place === here ? words : <AppLink to={place}>{words}</AppLink>
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
