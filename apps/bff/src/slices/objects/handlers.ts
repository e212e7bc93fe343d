import { isJson, isRecord, textAt, listAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, type ObjectRef, refKey, refOf, targetOf } from '@orbweaver/contracts/kubernetes'
import { RuleKind, type RuleRow } from '@orbweaver/contracts/objects'
import { mentions, pageOf, sorted } from '@orbweaver/contracts/page'
import { catalogue } from '@orbweaver/istio/findings/catalogue'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import type { Resource } from '@orbweaver/kube/client'
import { KubeError } from '@orbweaver/kube/error'
import { knownResource } from '@orbweaver/kube/known-resources'
import { customResourceDefinitions, namespaces as namespaceResource } from '@orbweaver/kube/resources'
import { inFlight } from '../../changes/in-flight.ts'
import { managedBy } from '../../changes/managed-by.ts'
import { askSoon } from '../../fleet/ask-soon.ts'
import { meshFor } from '../../fleet/mesh-of.ts'
import { findingsByRef, foundAbout, knownFindings } from '../../fleet/known-findings.ts'
import { withSoundWaysIn } from '../../fleet/mesh-world.ts'
import { visibleFindings } from '../../fleet/visible-findings.ts'
import type { Context } from '../../http/context.ts'
import { server } from '../../http/server.ts'
import { findingsPage } from './findings-page.ts'
import { listsAllRules, ruleResource, ruleResources, shownResource, summaryOf } from './rules.ts'
import { subjectsIn } from './subjects.ts'

const { objects } = server

export const objectHandlers = {
  list: objects.list.handler(async ({ context, input, errors }) => {
    const mesh = await meshFor(context.viewer, context.fleet, input.mesh)
    if (mesh === undefined) throw errors['meshes.not_found']({ data: { name: input.mesh } })
    const cluster = mesh.controlPlane.cluster
    const wanted = input.kinds === undefined || input.kinds.length === 0 ? RuleKind.options : input.kinds
    const rules = await inFlight(wanted, 4, (kind) => rulesOf(context, { cluster, kind, namespace: input.namespace }))
    // Who sees a rule sees what is wrong with it; only what a finding says of other objects is masked, and not shown here.
    const findings = await findingsByRef(context.fleet, mesh)
    const rows = rules
      .flat()
      .filter(() => input.cluster === undefined || input.cluster === cluster)
      .map((rule) => ({ rule, row: rowOf(rule, refOf(cluster, rule), findings) }))
      .filter(({ row }) => mentions(input.search, [row.ref.name, row.ref.namespace, row.ref.kind, row.summary]))
    const ordered = sorted(
      rows,
      ({ row }) => [column(row, input.sort), row.ref.namespace ?? '', row.ref.name, row.ref.kind],
      input.order,
    )
    const page = pageOf(ordered, input)
    const subjectOf = subjectsIn(context, mesh)
    const items = await inFlight(page.items, 10, async ({ rule, row }) => ({ ...row, subject: await subjectOf(rule) }))
    return { ...page, items, clusters: context.viewer.truths([cluster]) }
  }),
  get: objects.get.handler(async ({ context, input, errors }) => {
    const mesh = await meshFor(context.viewer, context.fleet, input.mesh)
    if (mesh === undefined) throw errors['meshes.not_found']({ data: { name: input.mesh } })
    const { ref } = input
    const place = placeIn(context, mesh, ref)
    if (place === undefined) throw errors['objects.not_found']({ data: { name: ref.name } })
    const { rule, resource, door } = place
    const client = door.as(context.viewer.identity)
    const object = await askSoon(door, (deadlineMs) => client.get(resource, targetOf(ref), { deadlineMs })).catch(
      asFault,
    )
    if (object === undefined) throw errors['objects.not_found']({ data: { name: ref.name } })
    if (object instanceof KubeError) {
      throw errors['objects.unreadable']({
        data: { cluster: ref.cluster, reason: `kube.${object.code}`, message: object.message },
      })
    }
    const found = (await findingsByRef(context.fleet, mesh)).get(refKey(ref)) ?? []
    const visible = await visibleFindings(context.viewer, found)
    const findings = await withSoundWaysIn(context.fleet, mesh, visible)
    const permitted = rule ? await permittedOn(context, ref, resource) : untouched
    const keeper = managedBy(object)
    return {
      object: withoutManagers(object),
      findings,
      permitted,
      rule,
      ...(keeper !== undefined && { managedBy: keeper }),
      clusters: context.viewer.truths([ref.cluster]),
    }
  }),
  findings: objects.findings.handler(async ({ context, input, errors }) => {
    const mesh = await meshFor(context.viewer, context.fleet, input.mesh)
    if (mesh === undefined) throw errors['meshes.not_found']({ data: { name: input.mesh } })
    const visible = await visibleFindings(context.viewer, await knownFindings(context.fleet, mesh))
    const clusters = clustersOf(mesh)
    const everything = await listsAllRules(context.viewer, clusters)
    const page = findingsPage(visible, input)
    const items = await withSoundWaysIn(context.fleet, mesh, page.items)
    return { ...page, items, everything, clusters: context.viewer.truths(clusters) }
  }),
  findingCodes: objects.findingCodes.handler(() => ({ items: catalogue() })),
  schema: objects.schema.handler(async ({ context, input, errors }) => {
    const door = context.fleet.get(input.cluster)
    const resource = knownResource(input.group, input.kind)
    const none = () => errors['objects.no_schema']({ data: { name: input.kind } })
    if (door === undefined || resource === undefined) throw none()
    const name = `${resource.plural}.${resource.group}`
    // A schema is no secret, and a viewer need not be allowed to read definitions to write a rule.
    const crd = await askSoon(door, (deadlineMs) =>
      door.own.get(customResourceDefinitions, { name }, { deadlineMs }),
    ).catch(asFault)
    if (crd instanceof KubeError) {
      throw errors['objects.unreadable']({
        data: { cluster: input.cluster, reason: `kube.${crd.code}`, message: crd.message },
      })
    }
    const found = crd === undefined ? undefined : schemaOf(crd, resource.version)
    if (found === undefined) throw none()
    return found
  }),
  places: objects.places.handler(async ({ context, input, errors }) => {
    const mesh = await meshFor(context.viewer, context.fleet, input.mesh)
    if (mesh === undefined) throw errors['meshes.not_found']({ data: { name: input.mesh } })
    const config = mesh.controlPlane.cluster
    // Rules of a managed mesh lie with its control plane, also for namespaces that only members have.
    const known = await inFlight(clustersOf(mesh), 4, (cluster) => namespacesOf(context, cluster))
    const places = [{ cluster: config, namespaces: [...new Set(known.flat())].toSorted() }]
    return { places, clusters: context.viewer.truths(clustersOf(mesh)) }
  }),
}

/** Where an object of a mesh is read: rules in the cluster that istiod reads them from, others in any of its clusters. */
function placeIn({ fleet }: Context, mesh: Mesh, ref: ObjectRef) {
  const rule = ref.cluster === mesh.controlPlane.cluster ? ruleResource(ref) : undefined
  const resource = rule ?? shownResource(ref)
  const door = clustersOf(mesh).includes(ref.cluster) ? fleet.get(ref.cluster) : undefined
  return resource === undefined || door === undefined ? undefined : { rule: rule !== undefined, resource, door }
}

const untouched = { update: false, delete: false }

/** So that an editor is read-only from the start for whom it would be refused at the end. */
async function permittedOn({ viewer }: Context, ref: ObjectRef, { group, plural }: Resource) {
  const may = (verb: string) => viewer.may(ref.cluster, { verb, group, resource: plural, ...targetOf(ref) })
  const [update, remove] = await Promise.all([may('update'), may('delete')])
  return { update, delete: remove }
}

function asFault(error: unknown): KubeError | undefined {
  if (!(error instanceof KubeError)) throw error
  if (error.code === 'forbidden') throw error
  return error.code === 'not_found' ? undefined : error
}

type RuleQuery = { cluster: string; kind: RuleKind; namespace: string | undefined }

async function rulesOf(
  { viewer }: Context,
  { cluster, kind, namespace }: RuleQuery,
): Promise<readonly KubernetesObject[]> {
  return viewer.list(cluster, ruleResources[kind], namespace)
}

async function namespacesOf({ viewer }: Context, cluster: string): Promise<string[]> {
  return (await viewer.list(cluster, namespaceResource)).map((each) => each.metadata.name)
}

type Findings = Awaited<ReturnType<typeof findingsByRef>>

function rowOf(rule: KubernetesObject, ref: ObjectRef, findings: Findings): Omit<RuleRow, 'subject'> {
  const found = foundAbout(findings, ref)
  const keeper = managedBy(rule)
  return {
    ref,
    uid: rule.metadata.uid ?? '',
    ...(rule.metadata.creationTimestamp !== undefined && { createdAt: rule.metadata.creationTimestamp }),
    summary: summaryOf(rule),
    ...(found.worst !== undefined && { worst: found.worst }),
    findings: found.count,
    ...(keeper !== undefined && { managedBy: keeper }),
  }
}

function column(row: Omit<RuleRow, 'subject'>, sort: string | undefined): string | number {
  switch (sort) {
    case 'kind':
      return row.ref.kind
    case 'namespace':
      return row.ref.namespace ?? ''
    case 'findings':
      return row.findings
    case 'createdAt':
      return row.createdAt ?? ''
    default:
      return row.ref.name
  }
}

function withoutManagers(object: KubernetesObject): KubernetesObject {
  const { managedFields: _managers, ...metadata } = object.metadata
  return { ...object, metadata }
}

function schemaOf(crd: KubernetesObject, wanted: string) {
  const versions = listAt(crd, 'spec', 'versions').filter(isRecord)
  const version = versions.find((each) => each.name === wanted) ?? versions.find((each) => each.storage === true)
  const schema = isRecord(version?.schema) ? version.schema.openAPIV3Schema : undefined
  const name = textAt(version, 'name')
  return name !== undefined && isRecord(schema) && isJson(schema) ? { version: name, schema } : undefined
}
