import { at, canonicalJson, isRecord, type Json, listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding, Fix } from '@orbweaver/contracts/plan'
import { hostnamesOf } from '../../simulate/route/gateway-api/parents.ts'
import { byAge } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { defineIndex, type Index } from '../index-of.ts'
import { remove } from '../operations.ts'
import type { MeshWorld } from '../world.ts'
import { isGateway, isMeant, isOfOthers, listenersOf, type Parent, parentObject, parentsOf, takes } from './parents.ts'

const code: Code = {
  code: 'route.match-taken',
  severity: 'warning',
  istio: 'accepts',
  docs: 'tasks/traffic-management/ingress/gateway-api/',
}

/** One match of a rule: how it reads with what the API server fills in, and where it stands. */
type Match = { text: string; pointer: string; order: number }
type Entry = { route: KubernetesObject; parent: Parent; match: Match }

/** Matches of HTTPRoutes by what they are attached to, the host, and what they say. */
const matchesByParent: Index<Entry> = defineIndex({
  name: 'matches of http routes by parent and host',
  kinds: [kinds.httpRoute],
  entries: (route) =>
    parentsOf(route).flatMap((parent) =>
      matchesOf(route).flatMap((match) =>
        keysOf(route, parent, match).map((key): [string, Entry] => [key, { route, parent, match }]),
      ),
    ),
})

/** In the mesh the routes of one namespace for a host are read together, and those of each namespace apart. */
function keysOf(route: KubernetesObject, parent: Parent, { text }: Match): string[] {
  const place = `${parent.kind} ${parent.namespace}/${parent.name}`
  if (isGateway(parent)) return hostnamesOf(route).map((host) => `${place} ${host} ${text}`)
  return [`${place} ${namespaceOf(route)} ${text}`]
}

function matchesOf(route: KubernetesObject): Match[] {
  const all = listAt(route, 'spec', 'rules').flatMap((rule, index) => {
    const pointer = `/spec/rules/${index}`
    const written = listAt(rule, 'matches')
    if (written.length === 0) return [{ text: textOf({}), pointer }]
    return written.map((each, place) => ({ text: textOf(each), pointer: `${pointer}/matches/${place}` }))
  })
  return all.map((each, order) => ({ ...each, order }))
}

function textOf(match: Json): string {
  const named = (field: string, nameOf: (name: string) => string) =>
    listAt(match, field)
      .map((each) => [nameOf(textAt(each, 'name') ?? ''), textAt(each, 'type') ?? 'Exact', textAt(each, 'value') ?? ''])
      .map((each) => canonicalJson(each))
      .toSorted()
  const path = at(match, 'path')
  return canonicalJson({
    path: isRecord(path) ? [textAt(path, 'type') ?? 'PathPrefix', textAt(path, 'value') ?? '/'] : ['PathPrefix', '/'],
    method: textAt(match, 'method') ?? '',
    headers: named('headers', (name) => name.toLowerCase()),
    queryParams: named('queryParams', (name) => name),
  })
}

/**
 * Matches that an older route of the same parent and host has as well, or the same route before: equals stay in that order,
 * and the first takes all (istio pilot/pkg/config/kube/gateway/route_collections.go, mergeHTTPRoutes; 1.31).
 */
export const sameMatch: Judge = {
  says: [code],
  kinds: [kinds.httpRoute],
  judge(subject, world) {
    const parents = parentsOf(subject.object).filter((parent) => isAttached(world, subject.object, parent))
    return matchesOf(subject.object).flatMap((match) => taken(subject, world, { parents, match }))
  },
}

function taken(
  subject: Subject,
  world: MeshWorld,
  { parents, match }: { parents: readonly Parent[]; match: Match },
): Finding[] {
  const route = subject.object
  const isFirst = (other: Entry) =>
    other.route === route ? other.match.order < match.order : byAge(other.route, route) < 0
  // All its hosts on all its parents: else it still takes something.
  const firsts = parents.map((parent) =>
    keysOf(route, parent, match).map((key) =>
      world
        .look(matchesByParent, key)
        .find((each) => isFirst(each) && isWider(each.parent, parent) && isAttached(world, each.route, each.parent)),
    ),
  )
  const all = firsts.flat()
  const [first] = all
  if (first === undefined || all.includes(undefined)) return []
  const params = { route: `${namespaceOf(first.route)}/${first.route.metadata.name}`, place: first.match.pointer }
  const evidence = first.route === route ? [] : [refOf(subject.cluster, first.route)]
  return [found(subject, code, { pointer: match.pointer, params, evidence, fixes: without(subject, match) })]
}

/** It takes no request as it is. A route needs a rule, and a rule without matches would match everything. */
function without(subject: Subject, { pointer }: Match): Fix[] {
  const [, , , rule = '', ...isOfList] = pointer.split('/')
  const rules = listAt(subject.object, 'spec', 'rules')
  const isAlone = isOfList.length === 0 || listAt(rules[Number(rule)], 'matches').length === 1
  if (isAlone && rules.length === 1) return []
  const [way, path] = isAlone ? ['remove-rule', `/spec/rules/${rule}`] : ['remove-match', pointer]
  return [fix(subject, { code: way }, [remove(path)])]
}

/** Whether it is for all the listeners, or ports, that another reference to the same parent is for. */
function isWider({ reference: wide }: Parent, { reference: narrow }: Parent): boolean {
  const [section, port] = [textAt(wide, 'sectionName') ?? '', numberAt(wide, 'port') ?? 0]
  return (
    (section === '' || section === textAt(narrow, 'sectionName')) && (port === 0 || port === numberAt(narrow, 'port'))
  )
}

function isAttached(world: MeshWorld, route: KubernetesObject, parent: Parent): boolean {
  const owner = parentObject(world, parent)
  if (owner === undefined || isOfOthers(world, parent)) return false
  if (!isGateway(parent)) return true
  return listenersOf(owner).some((each) => isMeant(parent, each) && takes(world, each, route))
}
