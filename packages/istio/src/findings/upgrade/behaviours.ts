import { at, isRecord, type Json, listAt, numberAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import type { Fix } from '@orbweaver/contracts/plan'
import { type KindKey, kinds } from '../../world/kinds.ts'
import { inAmbient } from '../ambient/unused-waypoint.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { added } from '../metadata/template.ts'
import type { MeshWorld } from '../world.ts'
import { changed } from './code.ts'
import { brings, type Step } from './step.ts'

/** One thing that a minor does otherwise with what an object says, and where it says it. */
type Behaviour = {
  code: Code
  since: string
  kinds: readonly KindKey[]
  places: (object: KubernetesObject, world: MeshWorld) => readonly string[]
  /** What an object can say for it to be as the minor would have it, or as it was. */
  ways?: (subject: Subject) => Fix[]
}

/**
 * What minors do otherwise than those before (istio manifests/helm-profiles/compatibility-version-*.yaml, releasenotes/notes
 * with upgradeNotes): only where an object shows that it matters.
 */
const behaviours: readonly Behaviour[] = [
  {
    // DISABLE_SHADOW_HOST_SUFFIX
    code: changed('mirror-host', 'info'),
    since: '1.28',
    kinds: [kinds.virtualService, kinds.httpRoute],
    places: mirrors,
  },
  {
    // DISABLE_TRACK_REMAINING_CB_METRICS
    code: changed('remaining-metrics', 'info'),
    since: '1.29',
    kinds: [kinds.destinationRule],
    places: (object) => policiesOf(object, 'connectionPool'),
  },
  {
    // PILOT_AUTO_SEND_UNHEALTHY_ENDPOINTS, releasenotes/notes/60690.yaml; 0 is as nothing (xds/endpoints/endpoint_builder.go)
    code: changed('unready-endpoints', 'info'),
    since: '1.31',
    kinds: [kinds.destinationRule],
    places: (object) =>
      policiesOf(object, 'outlierDetection', (each) => (numberAt(each, 'minHealthPercent') ?? 0) <= 0),
  },
  {
    // releasenotes/notes/60788.yaml
    code: changed('entry-without-tunnel', 'info'),
    since: '1.31',
    kinds: [kinds.workloadEntry],
    places: (object, world) =>
      isPlainEntry(object) && world.look(inAmbient, '').length > 0 ? ['/metadata/labels'] : [],
    // As istiod itself does when the workload registers again (pilot/pkg/autoregistration/controller.go).
    ways: (subject) => [
      fix(subject, { code: 'say-tunnel' }, [
        added(subject.object, { field: 'labels', name: 'networking.istio.io/tunnel', value: 'http' }),
      ]),
    ],
  },
]

/** Behaviours that come with a step. */
export function behaviourJudges(step: Step): Judge[] {
  return behaviours.map(({ code, since, kinds: concerned, places, ways }) => ({
    says: [code],
    kinds: concerned,
    judge(subject, world) {
      if (!brings(step, since)) return []
      const params = { since, to: step.to }
      const fixes = ways?.(subject) ?? []
      return places(subject.object, world).map((pointer) => found(subject, code, { pointer, params, fixes }))
    },
  }))
}

function mirrors(object: KubernetesObject): string[] {
  if (object.kind === 'VirtualService') {
    return listAt(object, 'spec', 'http').flatMap((route, index) => {
      const said = ['mirror', 'mirrors'].filter((each) => (at(route, each) ?? null) !== null)
      return said.map((each) => `/spec/http/${index}/${each}`)
    })
  }
  return listAt(object, 'spec', 'rules').flatMap((rule, index) =>
    listAt(rule, 'filters').flatMap((filter, place) =>
      isRecord(at(filter, 'requestMirror')) ? [`/spec/rules/${index}/filters/${place}/requestMirror`] : [],
    ),
  )
}

/** Where a rule, or a subset of it, says something of connections. */
function policiesOf(object: KubernetesObject, field: string, isMeant: (value: Json) => boolean = () => true): string[] {
  const subsets = listAt(object, 'spec', 'subsets').map((each, index) => ({
    owner: each,
    place: `/spec/subsets/${index}`,
  }))
  return [{ owner: at(object, 'spec'), place: '/spec' }, ...subsets].flatMap(({ owner, place }) => {
    const value = at(owner, 'trafficPolicy', field)
    return isRecord(value) && isMeant(value) ? [`${place}/trafficPolicy/${field}`] : []
  })
}

/** One that istiod made for a workload outside, and that does not say how it is reached (pilot/pkg/model/service.go, TunnelLabel). */
function isPlainEntry(entry: KubernetesObject): boolean {
  const isMade = annotationsOf(entry)['istio.io/autoRegistrationGroup'] !== undefined
  return isMade && labelsOf(entry)['networking.istio.io/tunnel'] === undefined
}
