import { isRecord } from '@orbweaver/contracts/json'
import { KubeError } from '@orbweaver/kube/error'
import { ORPCError, ValidationError } from '@orpc/server'
import type { Logger } from 'pino'
import { problem } from './problem.ts'

export type Failing = { requestId: string; log: Logger; hub: string }

/**
 * The one place where something thrown becomes what the wire says. What the contract declares passes; everything else
 * is either one of the errors all operations share, or `server.failed` with nothing but the id to look for in the logs.
 */
export function toProblem(thrown: unknown, { requestId, log, hub }: Failing): ORPCError<string, unknown> {
  if (isProblem(thrown)) {
    if (thrown.cause instanceof ValidationError && thrown.status === 400) return invalid(thrown.cause)
    if (thrown.defined) return thrown
    if (thrown.code === 'BAD_REQUEST') return problem('request.invalid', { issues: [{ path: '', code: 'malformed' }] })
  }
  if (thrown instanceof KubeError) {
    const known = fromKube(thrown, hub)
    if (known !== undefined) {
      log.info({ code: thrown.code, cluster: thrown.cluster, reason: thrown.reason }, 'a cluster refused')
      return known
    }
  }
  log.error({ failure: summary(thrown) }, 'request failed')
  return problem('server.failed', { request: requestId })
}

function isProblem(thrown: unknown): thrown is ORPCError<string, unknown> {
  return thrown instanceof ORPCError
}

const outage = new Set(['unreachable', 'tls', 'timeout', 'unauthorized', 'throttled', 'server_error', 'bad_answer'])

function fromKube(error: KubeError, hub: string): ORPCError<string, unknown> | undefined {
  if (error.code === 'forbidden')
    return problem('access.forbidden', { ...refusedAccess(error), cluster: error.cluster })
  if (error.cluster !== hub) return undefined
  if (error.code === 'not_found' && error.reason === 'NotServed') {
    return problem('hub.unprepared', { missing: 'customresourcedefinitions' })
  }
  return outage.has(error.code) ? problem('hub.unreachable', { reason: `kube.${error.code}` }) : undefined
}

/** Kubernetes RBAC's sentence (apiserver `responsewriters.forbiddenMessage`); the Status has verb and namespace nowhere else. */
const sentence = /cannot (\S+) resource "([^"]+)"(?: in API group "[^"]*")?(?: in the namespace "([^"]+)")?/

function refusedAccess(error: KubeError): { verb: string; resource: string; namespace?: string } {
  const found = sentence.exec(error.message)
  const [verb, resource, namespace] = [found?.[1] ?? '', found?.[2] ?? '', found?.[3]]
  return namespace === undefined ? { verb, resource } : { verb, resource, namespace }
}

const mostIssues = 50

/** Where and how input is wrong, never what it was: it may have been a kubeconfig. */
function invalid(error: ValidationError): ORPCError<string, unknown> {
  const issues = error.issues.slice(0, mostIssues).map((issue) => ({
    path: (issue.path ?? []).map(stepOf).join('.'),
    code: issueCode(issue),
  }))
  return problem('request.invalid', { issues })
}

function stepOf(step: unknown): string {
  const key = isRecord(step) ? step.key : step
  return typeof key === 'string' || typeof key === 'number' ? String(key) : '?'
}

function issueCode(issue: unknown): string {
  return isRecord(issue) && typeof issue.code === 'string' ? issue.code : 'invalid'
}

/** Name, message and stack: an error's other fields may hold what was sent. A validation error's message is safe, its data is not. */
function summary(thrown: unknown): { name: string; message: string; stack?: string; cause?: string } {
  if (!(thrown instanceof Error)) return { name: 'NotAnError', message: typeof thrown }
  const cause = thrown.cause instanceof ValidationError ? JSON.stringify(thrown.cause.issues.slice(0, 5)) : undefined
  return {
    name: thrown.name,
    message: thrown.message,
    ...(thrown.stack === undefined ? {} : { stack: thrown.stack }),
    ...(cause === undefined ? {} : { cause }),
  }
}
