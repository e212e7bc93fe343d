import { isReview } from './builtins/definitions.ts'
import type { Cluster } from './cluster.ts'
import type { Definition, Served } from './definition.ts'
import { discoveryReply } from './discovery/discovery.ts'
import { openapiReply } from './discovery/openapi.ts'
import { type Call, jsonReply, type Reply, textReply } from './http/call.ts'
import { review } from './reviews.ts'
import { forbidden, methodNotAllowed, unknownPath } from './status.ts'
import { subresource } from './subresources/subresource.ts'
import { create } from './verbs/create.ts'
import { remove, removeAll } from './verbs/delete.ts'
import { get } from './verbs/get.ts'
import { list } from './verbs/list.ts'
import { patch } from './verbs/patch.ts'
import { update } from './verbs/update.ts'
import { watch } from './verbs/watch.ts'
import { versionBody } from './version.ts'

/** Checks the right to do it, then does it. */
export async function route(cluster: Cluster, call: Call): Promise<Reply> {
  authorize(cluster, call)
  return call.info.isResource ? resourceRoute(cluster, call) : pathRoute(cluster, call)
}

/** Source: apiserver pkg/endpoints/filters/authorization.go and handlers/responsewriters/errors.go. */
function authorize(cluster: Cluster, call: Call): void {
  const { info, user } = call
  if (!info.isResource) {
    if (cluster.authorizer.allowedPath(user, { verb: info.verb, path: info.path })) return
    throw forbidden(
      undefined,
      '',
      `User ${JSON.stringify(user.name)} cannot ${info.verb} path ${JSON.stringify(info.path)}`,
    )
  }
  if (cluster.authorizer.allowed(user, info)) return
  const { verb, resource, subresource: below, group, namespace, name } = info
  const path = below === '' ? resource : `${resource}/${below}`
  const where = namespace === '' ? 'at the cluster scope' : `in the namespace "${namespace}"`
  const why = `User ${JSON.stringify(user.name)} cannot ${verb} resource "${path}" in API group "${group}" ${where}`
  throw forbidden({ group, plural: resource }, name, why)
}

async function resourceRoute(cluster: Cluster, call: Call): Promise<Reply> {
  const { info } = call
  const served = cluster.registry.find(info.group, info.version, info.resource)
  if (served === undefined) return unknownResource(cluster, call)
  const { definition } = served
  if (isReview(definition)) return review(cluster, call, served)
  if (!scopeFits(definition, call)) throw unknownPath()
  const below = info.subresource
  if (below !== '' && !(below === 'status' && served.version.status)) return subresource(cluster, call, served)
  return verbRoute(cluster, call, served)
}

/** A group that nobody serves is no path at all. */
function unknownResource(cluster: Cluster, call: Call): Reply {
  const { group } = call.info
  if (cluster.registry.all().some((each) => each.group === group)) throw unknownPath()
  return textReply(404, '404 page not found\n')
}

/** Namespaced kinds are written below a namespace, cluster-wide ones never. */
function scopeFits(definition: Definition, call: Call): boolean {
  const { info } = call
  if (definition.namespaced)
    return info.namespace !== '' || (info.name === '' && info.verb !== 'deletecollection') || isOneName(call)
  return info.namespace === '' || definition.key === 'namespaces'
}

/** A list over all namespaces whose field selector names one object has that name in its request info. */
function isOneName(call: Call): boolean {
  return call.info.verb === 'list' || call.info.verb === 'watch'
}

type Handler = (cluster: Cluster, call: Call, served: Served) => Reply | Promise<Reply>

const handlers: Readonly<Record<string, Handler>> = {
  list,
  watch,
  get,
  create,
  update,
  patch,
  delete: remove,
  deletecollection: removeAll,
}

const onOneObject: ReadonlySet<string> = new Set(['update', 'patch'])

async function verbRoute(cluster: Cluster, call: Call, served: Served): Promise<Reply> {
  const handler = Object.hasOwn(handlers, call.info.verb) ? handlers[call.info.verb] : undefined
  if (handler === undefined || !isSensible(call, served)) throw methodNotAllowed()
  const { deprecation } = served.version
  if (deprecation !== undefined) call.warnings.push(deprecation)
  return handler(cluster, call, served)
}

/** Creation is asked of a collection, changes of one object, and nobody deletes a status. */
function isSensible(call: Call, served: Served): boolean {
  const { verb, name, namespace, subresource: below } = call.info
  if (verb === 'create') return name === '' && (!served.definition.namespaced || namespace !== '')
  if (onOneObject.has(verb)) return name !== ''
  return verb !== 'delete' || below === ''
}

const health: ReadonlySet<string> = new Set(['healthz', 'livez', 'readyz'])

function pathRoute(cluster: Cluster, call: Call): Reply {
  const { path } = call.info
  const [first] = path.split('/').filter((each) => each !== '')
  if (first !== undefined && health.has(first)) return healthReply(call, first)
  if (path === '/version' || path === '/version/') return jsonReply(200, versionBody(cluster.version))
  if (path.startsWith('/openapi/')) return openapiReply(cluster, call)
  if (path === '/' || path === '') return jsonReply(200, JSON.stringify({ paths: rootPaths(cluster) }))
  return discoveryReply(cluster, call)
}

function healthReply(call: Call, check: string): Reply {
  if (!call.query.has('verbose')) return textReply(200, 'ok')
  const checks = [
    'ping',
    'log',
    'etcd',
    'poststarthook/start-apiextensions-controllers',
    'poststarthook/rbac/bootstrap-roles',
  ]
  return textReply(200, `${checks.map((each) => `[+]${each} ok`).join('\n')}\n${check} check passed\n`)
}

function rootPaths(cluster: Cluster): string[] {
  const groups = new Set(
    cluster.registry
      .all()
      .map((each) => each.group)
      .filter((each) => each !== ''),
  )
  return [
    '/api',
    '/api/v1',
    '/apis',
    ...[...groups].sort().map((each) => `/apis/${each}`),
    '/healthz',
    '/livez',
    '/openapi/v2',
    '/openapi/v3',
    '/readyz',
    '/version',
  ]
}
