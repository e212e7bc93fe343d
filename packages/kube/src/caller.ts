import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { CallOptions, Identity, RawAnswer, Resource } from './client.ts'
import { KubeError } from './error.ts'
import { impersonationHeaders } from './impersonation.ts'
import { asObject } from './objects.ts'
import type { Path } from './paths.ts'
import type { Call, Transport } from './transport.ts'

const defaultDeadlineMs = 10_000

/** A call before it has credentials, content types and a deadline. */
export type Request = CallOptions & {
  method: string
  path: string
  body?: unknown
  accept?: string
  contentType?: string
  /** Only needed where the method does not say it: server-side apply is repeatable, other patches are not. */
  repeatable?: boolean
}

/** One identity's voice on a cluster's wire. */
export type Caller = {
  readonly cluster: string
  readonly transport: Transport
  call(request: Request): Call
  send(request: Request): Promise<RawAnswer>
  /** The path, or KubeError `invalid`. */
  path(path: Path): string
  /** The object an answer holds, or KubeError `bad_answer`. */
  object(resource: Resource, answer: RawAnswer): KubernetesObject
}

/** Throws KubeError `invalid` when the identity cannot be impersonated. */
export function createCaller(transport: Transport, identity: Identity | undefined): Caller {
  const { cluster } = transport
  const impersonation = identity === undefined ? {} : impersonationHeaders(cluster, identity)

  const call = (request: Request): Call => {
    const { method, path, body, signal, contentType = 'application/json' } = request
    return {
      method,
      path,
      headers: {
        accept: request.accept ?? 'application/json',
        ...(body === undefined ? {} : { 'content-type': contentType }),
        ...impersonation,
      },
      repeatable: request.repeatable ?? (method === 'GET' || method === 'HEAD'),
      deadlineMs: request.deadlineMs ?? defaultDeadlineMs,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    }
  }
  return {
    cluster,
    transport,
    call,
    send: (request) => transport.send(call(request)),
    path(path) {
      if (path.ok) return path.path
      throw new KubeError({ code: 'invalid', cluster, message: path.problem, reason: 'BadPath' })
    },
    object(resource, { body, status }) {
      const object = asObject(resource, body)
      if (object !== undefined) return object
      const message = 'the answer is not an object'
      throw new KubeError({ code: 'bad_answer', cluster, status, message, reason: 'NotAnObject' })
    },
  }
}
