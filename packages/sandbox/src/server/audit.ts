import { isRecord, textAt } from '@orbweaver/contracts/json'
import type { Call, Reply } from './http/call.ts'
import { deleteOptions } from './verbs/delete-options.ts'

/**
 * One request as the audit log of an API server tells of it when it was answered (stage ResponseComplete). Source:
 * apiserver pkg/apis/audit/v1/types.go Event v0.36; whether it was
 * a dry run is in its requestURI or, of a deletion, its requestObject.
 */
export type AuditEvent = {
  verb: string
  group: string
  resource: string
  subresource: string
  namespace: string
  name: string
  /** Who was authenticated, and as whom they asked. */
  user: string
  impersonated: string | undefined
  dryRun: boolean
  /** HTTP status. */
  code: number
}

export async function auditEvent(call: Call, authenticated: string, { status, body }: Reply): Promise<AuditEvent> {
  const { verb, group, resource, subresource, namespace, name } = call.info
  return {
    verb,
    group,
    resource,
    subresource,
    namespace,
    name: name === '' && status === 201 ? nameIn(body) : name,
    user: authenticated,
    impersonated: call.user.name === authenticated ? undefined : call.user.name,
    dryRun: verb === 'delete' ? (await deleteOptions(call)).dryRun : call.query.has('dryRun'),
    code: status,
  }
}

/** The path of a create names no object; its answer does. */
function nameIn(body: Reply['body']): string {
  if (typeof body !== 'string') return ''
  const object: unknown = JSON.parse(body)
  return isRecord(object) ? (textAt(object, 'metadata', 'name') ?? '') : ''
}
