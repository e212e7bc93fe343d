import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { listAt, textAt } from '@orbweaver/contracts/json'
import { isKubernetesObject, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { KubeClient, PatchBody, Resource, Target, WriteOptions } from '@orbweaver/kube/client'

/** What the lab needs of a cluster. */
export type Api = Pick<KubeClient, 'get' | 'list' | 'create' | 'patch' | 'remove' | 'raw' | 'close'>

export class ApiError extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.name = 'ApiError'
    this.status = status
  }
}

type Call = { method: string; path: string; body?: unknown; type?: string; deadlineMs?: number }

const patchTypes = {
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  json: 'application/json-patch+json',
  apply: 'application/apply-patch+yaml',
}

const pathOf = (resource: Resource, target: Partial<Target> & { subresource?: string }): string => {
  const root = resource.group === '' ? `/api/${resource.version}` : `/apis/${resource.group}/${resource.version}`
  const namespace = target.namespace === undefined ? '' : `/namespaces/${target.namespace}`
  const name = target.name === undefined ? '' : `/${target.name}`
  const subresource = target.subresource === undefined ? '' : `/${target.subresource}`
  return `${root}${namespace}/${resource.plural}${name}${subresource}`
}

const object = (value: unknown): KubernetesObject => {
  if (isKubernetesObject(value)) return value
  throw new ApiError(0, 'the answer is no Kubernetes object')
}

const caller = (server: string, ca: string, token: string) => {
  const agent = new Agent({ keepAlive: true, ca, maxSockets: 16 })
  const call = ({ method, path, body, type, deadlineMs }: Call): Promise<{ status: number; body: unknown }> =>
    new Promise((done, fail) => {
      const payload = body === undefined ? undefined : JSON.stringify(body)
      const headers = { authorization: `Bearer ${token}`, ...(payload && { 'content-type': type ?? 'application/json' }) }
      const call = request(`${server}${path}`, { method, agent, headers, timeout: deadlineMs ?? 10_000 }, (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('error', fail)
        answer.on('end', () => {
          const text = Buffer.concat(chunks).toString()
          const json = answer.headers['content-type']?.startsWith('application/json') === true
          const body: unknown = json ? JSON.parse(text) : text
          done({ status: answer.statusCode ?? 0, body })
        })
      })
      call.on('timeout', () => call.destroy(new Error(`${method} ${path}: no answer in time`)))
      call.on('error', fail)
      call.end(payload)
    })
  return { call, close: () => agent.destroy() }
}

const query = (options: WriteOptions & { force?: boolean }): string => {
  const parameters = new URLSearchParams()
  if (options.fieldManager !== undefined) parameters.set('fieldManager', options.fieldManager)
  if (options.force === true) parameters.set('force', 'true')
  if (options.dryRun === true) parameters.set('dryRun', 'All')
  return `?${parameters.toString()}`
}

export const openApi = (server: string, caFile: string, token: string): Api => {
  const { call, close } = caller(server, readFileSync(caFile, 'utf8'), token)
  const checked = async (request: Call): Promise<unknown> => {
    const { status, body } = await call(request)
    if (status >= 400) throw new ApiError(status, textAt(body, 'message') ?? `${request.method} ${request.path}: ${status}`)
    return body
  }
  return {
    get: async (resource, target) => object(await checked({ method: 'GET', path: pathOf(resource, target) })),
    list: async (resource, options = {}) => {
      const parameters = new URLSearchParams()
      if (options.labelSelector !== undefined) parameters.set('labelSelector', options.labelSelector)
      if (options.fieldSelector !== undefined) parameters.set('fieldSelector', options.fieldSelector)
      const namespace = options.namespace === undefined ? {} : { namespace: options.namespace }
      const body = await checked({ method: 'GET', path: `${pathOf(resource, namespace)}?${parameters.toString()}` })
      const apiVersion = resource.group === '' ? resource.version : `${resource.group}/${resource.version}`
      const items: unknown[] = listAt(body, 'items')
      return {
        items: items.map((item) => object({ apiVersion, kind: resource.kind, ...(typeof item === 'object' ? item : {}) })),
        resourceVersion: textAt(body, 'metadata', 'resourceVersion') ?? '',
      }
    },
    create: async (resource, body, options = {}) => {
      const namespace = body.metadata.namespace === undefined ? {} : { namespace: body.metadata.namespace }
      const path = pathOf(resource, namespace) + query(options)
      return { object: object(await checked({ method: 'POST', path, body })), warnings: [] }
    },
    patch: async (resource, target, patch: PatchBody & WriteOptions) => {
      const path = pathOf(resource, target) + query(patch)
      const body = await checked({ method: 'PATCH', path, body: patch.body, type: patchTypes[patch.type] })
      return { object: object(body), warnings: [] }
    },
    remove: async (resource, target) => {
      const body = await checked({ method: 'DELETE', path: pathOf(resource, target) })
      return isKubernetesObject(body) ? body : undefined
    },
    raw: async (path, options = {}) => {
      const answer = await call({ method: options.method ?? 'GET', path, body: options.body })
      return { ...answer, warnings: [], date: undefined }
    },
    close: async () => close(),
  }
}
