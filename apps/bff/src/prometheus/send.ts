import { isRecord } from '@orbweaver/contracts/json'
import type { Message } from '@orbweaver/contracts/message'
import { KubeError } from '@orbweaver/kube/error'
import type { Fleet } from '../kube/doors.ts'
import { type HttpAnswer, getOverHttp } from './over-http.ts'
import { readyPod } from './service-pod.ts'
import type { Source } from './source.ts'

const deadlineMs = 8_000
const maxAnswerBytes = 16 * 1024 * 1024

/** What Prometheus answered to one GET below `/api/v1`; or why there is no answer, in the console's own words. */
export async function send(fleet: Fleet, source: Source, path: string): Promise<{ body: unknown } | { why: Message }> {
  const { url, tenant } = source.at
  const headers = tenant === undefined ? {} : { 'x-scope-orgid': tenant }
  const asked = { path: `${trimmed(source.at.path)}/api/v1${path}`, headers }
  const answer = url === undefined ? await throughPod(fleet, source, asked) : await overHttp(source, url, asked)
  if ('why' in answer) return answer
  const { cluster } = source
  if ('what' in answer) return { why: { code: 'metrics.silent', params: { cluster, what: answer.what } } }
  const { status, body } = answer
  // What is wrong with a query is said in JSON, with any of several statuses (prometheus web/api/v1/api.go respondError).
  if (status === 200 || (status !== 401 && status !== 403 && isRecord(body))) return { body }
  return { why: { code: 'metrics.refused', params: { cluster, status } } }
}

type Asked = { path: string; headers: Record<string, string> }

function overHttp(source: Source, url: string, { path, headers }: Asked): Promise<HttpAnswer> {
  return getOverHttp({
    url: new URL(`${trimmed(url)}${path}`),
    headers,
    credentials: source.credentials,
    deadlineMs,
    maxAnswerBytes,
  })
}

async function throughPod(
  fleet: Fleet,
  { cluster, at: { service } }: Source,
  asked: Asked,
): Promise<HttpAnswer | { why: Message }> {
  const door = fleet.get(cluster)
  if (door === undefined || service === undefined) return { why: { code: 'metrics.cluster_away', params: { cluster } } }
  const chosen = readyPod(door, service)
  if ('why' in chosen) return chosen
  try {
    return await door.own.getThroughPod(chosen.pod, { ...asked, port: chosen.port, deadlineMs, maxAnswerBytes })
  } catch (error) {
    if (error instanceof KubeError) return { what: `kube.${error.code}` }
    throw error
  }
}

function trimmed(path = ''): string {
  return path.replace(/\/+$/, '')
}
