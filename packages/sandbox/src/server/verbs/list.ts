import { isRecord, type JsonRecord, numberAt, textAt } from '@orbweaver/contracts/json'
import type { Cluster } from '../cluster.ts'
import { parseJson } from '../clone.ts'
import { apiVersionFor, type Served } from '../definition.ts'
import type { Call, Reply } from '../http/call.ts'
import { jsonReply } from '../http/call.ts'
import { acceptedForm, type Form } from '../http/accept.ts'
import { type FieldError, forbiddenField, notSupportedValue } from '../field-errors.ts'
import { badRequest, expired, invalid, tooLargeResourceVersion } from '../status.ts'
import type { Entry } from '../store/collection.ts'
import { itemText, partialMetadata } from '../store/encode.ts'
import { tableOf } from '../table/table.ts'
import { yamlText } from '../http/yaml.ts'
import { revisionParameter, selectionOf } from './list-options.ts'

type Page = { entries: Entry[]; revision: number; next?: string; remaining?: number }

export async function list(cluster: Cluster, call: Call, served: Served): Promise<Reply> {
  const form = acceptedForm(call.headers.accept)
  const page = await pageOf(cluster, call, served)
  const meta: JsonRecord = { resourceVersion: String(page.revision) }
  if (page.next !== undefined) meta.continue = page.next
  if (page.remaining !== undefined) meta.remainingItemCount = page.remaining
  const text = listText(cluster, { call, served, form }, { page, meta })
  return form.yaml ? yamlText(200, text) : jsonReply(200, text)
}

function listText(
  cluster: Cluster,
  asked: { call: Call; served: Served; form: Form },
  found: { page: Page; meta: JsonRecord },
): string {
  const { served, form, call } = asked
  const { entries } = found.page
  if (form.as === 'table') {
    const objects = entries.map((each) => each.object)
    return JSON.stringify(
      tableOf({ cluster, served, include: call.query.get('includeObject') ?? 'Metadata' }, objects, found.meta),
    )
  }
  const [kind, apiVersion, items] =
    form.as === 'partial'
      ? [
          'PartialObjectMetadataList',
          'meta.k8s.io/v1',
          entries.map((each) => JSON.stringify(partialMetadata(each.object))),
        ]
      : [served.definition.listKind, apiVersionFor(served), entries.map((each) => itemText(served, each))]
  return `{"kind":"${kind}","apiVersion":"${apiVersion}","metadata":${JSON.stringify(found.meta)},"items":[${items.join(',')}]}`
}

async function pageOf(cluster: Cluster, call: Call, served: Served): Promise<Page> {
  const { query } = call
  const limit = limitOf(query)
  const selection = selectionOf(query, served.definition)
  const token = query.get('continue') ?? ''
  const start = token === '' ? undefined : readToken(query, token)
  const snapshot = await snapshotOf(cluster, { call, served, start })
  const matching = selection.empty
    ? snapshot.entries
    : snapshot.entries.filter((each) => selection.matches(each.object))
  const rest = start === undefined ? matching : matching.filter((each) => each.key >= start.key)
  const { revision } = snapshot
  const following = limit > 0 && !ignoresLimit(query) ? rest[limit] : undefined
  if (following === undefined) return { entries: rest, revision }
  const page = { entries: rest.slice(0, limit), revision, next: makeToken(revision, following.key) }
  return selection.empty ? { ...page, remaining: rest.length - limit } : page
}

function limitOf(query: URLSearchParams): number {
  const text = query.get('limit') ?? ''
  if (!/^(-?\d+)?$/.test(text)) throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`)
  return Number(text)
}

/** resourceVersion=0 is answered from the watch cache, which has no pages. */
function ignoresLimit(query: URLSearchParams): boolean {
  return query.get('resourceVersion') === '0' && (query.get('continue') ?? '') === ''
}

type Token = { revision: number; key: string }

async function snapshotOf(
  cluster: Cluster,
  asked: { call: Call; served: Served; start: Token | undefined },
): Promise<{ entries: Entry[]; revision: number }> {
  const { query, info } = asked.call
  const { key } = asked.served.definition
  const { store } = cluster
  if (asked.start !== undefined && asked.start.revision >= 0) {
    const at = asked.start.revision
    const entries = at < store.oldest() ? undefined : store.listAt(key, info.namespace, at)
    if (entries === undefined) throw expiredToken(asked.start.key)
    return { entries, revision: at }
  }
  const revision = revisionParameter(query)
  checkMatch(query, revision)
  if (revision !== undefined && revision > store.revision()) await comesTrue(cluster, revision)
  if (query.get('resourceVersionMatch') === 'Exact' && revision !== undefined) {
    const entries = revision < store.oldest() ? undefined : store.listAt(key, info.namespace, revision)
    if (entries === undefined) throw expired(`The resourceVersion for the provided list is too old.`)
    return { entries, revision }
  }
  return { entries: store.list(key, info.namespace), revision: store.revision() }
}

function checkMatch(query: URLSearchParams, revision: number | undefined): void {
  const match = query.get('resourceVersionMatch') ?? ''
  const wrong = match === '' ? undefined : matchError(match, revision)
  if (wrong !== undefined) throw invalid({ group: 'meta.k8s.io', kind: 'ListOptions' }, '', [wrong])
}

function matchError(match: string, revision: number | undefined): FieldError | undefined {
  const field = 'resourceVersionMatch'
  if (revision === undefined) return forbiddenField(field, `${field} is forbidden unless resourceVersion is provided`)
  if (match !== 'Exact' && match !== 'NotOlderThan')
    return notSupportedValue(field, match, ['Exact', 'NotOlderThan', ''])
  if (match === 'NotOlderThan' || revision !== 0) return undefined
  return forbiddenField(field, `${field} "exact" is forbidden for resourceVersion "0"`)
}

/** A real server waits up to 3 s for its cache to reach the revision. */
async function comesTrue(cluster: Cluster, revision: number): Promise<void> {
  const { store } = cluster
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      stop()
      reject(tooLargeResourceVersion(revision, store.revision()))
    }, 3000)
    const stop = store.listen(() => {
      if (store.revision() < revision) return
      clearTimeout(timer)
      stop()
      resolve()
    })
  })
}

function makeToken(revision: number, key: string): string {
  return Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: revision, start: key })).toString('base64url')
}

function readToken(query: URLSearchParams, token: string): Token {
  if ((query.get('resourceVersion') ?? '0') !== '0' && query.get('resourceVersion') !== '') {
    throw badRequest('specifying resource version is not allowed when using continue')
  }
  const text = Buffer.from(token, 'base64url').toString('utf8')
  let value: unknown
  try {
    value = parseJson(text)
  } catch {
    throw badRequest(
      `invalid continue token: continue key is not valid: invalid character '${text.charAt(0)}' looking for beginning of value`,
    )
  }
  const [revision, key] = [numberAt(value, 'rv'), textAt(value, 'start')]
  if (!isRecord(value) || revision === undefined || key === undefined) {
    throw badRequest('continue key is not valid: incorrect encoded start resourceVersion (version meta.k8s.io/v1)')
  }
  return { revision, key }
}

/** The body carries a token with which the list may go on, at today's state. */
function expiredToken(key: string): Error {
  const message =
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.'
  return expired(message, makeToken(-1, key))
}
