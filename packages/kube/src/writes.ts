import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Caller, Request } from './caller.ts'
import type { DeleteOptions, KubeClient, PatchBody, RawAnswer, Resource, WriteOptions, Written } from './client.ts'
import { asObject } from './objects.ts'
import { objectPath, parentPath, queryText } from './paths.ts'

/** Named in managedFields of everything the console writes without another name. */
const defaultManager = 'orbweaver'

const patchTypes = {
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  json: 'application/json-patch+json',
  apply: 'application/apply-patch+yaml',
} as const

/** The writing half of a client. Of these only server-side apply is ever repeated: doing it twice changes nothing. */
export function writesOf(caller: Caller): Pick<KubeClient, 'create' | 'replace' | 'patch' | 'remove'> {
  const written = (resource: Resource, answer: RawAnswer): Written => ({
    object: caller.object(resource, answer),
    warnings: answer.warnings,
  })
  return {
    async create(resource, object, options = {}) {
      const path = `${caller.path(parentPath(resource, object.metadata.namespace))}${writeQuery(options)}`
      return written(resource, await caller.send({ ...options, method: 'POST', path, body: object }))
    },
    async replace(resource, object, options = {}) {
      const target = {
        ...placeOf(object),
        ...(options.subresource === undefined ? {} : { subresource: options.subresource }),
      }
      const path = `${caller.path(objectPath(resource, target))}${writeQuery(options)}`
      return written(resource, await caller.send({ ...options, method: 'PUT', path, body: object }))
    },
    async patch(resource, target, patch) {
      const path = `${caller.path(objectPath(resource, target))}${patchQuery(patch)}`
      return written(resource, await caller.send({ ...patch, ...patchRequest(patch), path }))
    },
    async remove(resource, target, options = {}) {
      const path = caller.path(objectPath(resource, target))
      const answer = await caller.send({ ...options, method: 'DELETE', path, body: deleteBody(options) })
      return asObject(resource, answer.body)
    },
  }
}

function placeOf({ metadata: { name, namespace } }: KubernetesObject) {
  return namespace === undefined ? { name } : { name, namespace }
}

function writeQuery(options: WriteOptions, more: Record<string, boolean | undefined> = {}): string {
  return queryText({
    fieldManager: options.fieldManager ?? defaultManager,
    fieldValidation: options.fieldValidation,
    dryRun: options.dryRun === true ? 'All' : undefined,
    ...more,
  })
}

function patchQuery(patch: PatchBody & WriteOptions): string {
  return writeQuery(patch, patch.type === 'apply' ? { force: patch.force === true ? true : undefined } : {})
}

function patchRequest(patch: PatchBody): Pick<Request, 'method' | 'body' | 'contentType' | 'repeatable'> {
  return { method: 'PATCH', body: patch.body, contentType: patchTypes[patch.type], repeatable: patch.type === 'apply' }
}

function deleteBody({ dryRun, propagation, uid, resourceVersion }: DeleteOptions): object {
  const preconditions = {
    ...(uid === undefined ? {} : { uid }),
    ...(resourceVersion === undefined ? {} : { resourceVersion }),
  }
  return {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    ...(dryRun === true ? { dryRun: ['All'] } : {}),
    ...(propagation === undefined ? {} : { propagationPolicy: propagation }),
    ...(Object.keys(preconditions).length === 0 ? {} : { preconditions }),
  }
}
