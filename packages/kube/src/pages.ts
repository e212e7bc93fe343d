import { listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { CallOptions, KubeClient, ListOptions, RawAnswer, Resource } from './client.ts'
import { KubeError } from './error.ts'
import { asObject } from './objects.ts'
import { collectionPath, queryText } from './paths.ts'

/** All that paging needs of a client. */
type Pages = Pick<KubeClient, 'cluster' | 'raw'>

export type Page = { items: KubernetesObject[]; resourceVersion: string }

const defaultPageSize = 500
const defaultDeadlineMs = 10_000
const mostRestarts = 2

/**
 * A list page by page, so that nobody has to hold, or parse at once, all of a big cluster. All pages show one moment.
 * A page too large to read is asked for again with a quarter of the items. Rejects with `gone` when the moment passed
 * out of the server's memory (etcd compaction, about 5 min) before the last page: begin again.
 */
export async function* listPages(
  client: Pages,
  resource: Resource,
  options: ListOptions = {},
): AsyncGenerator<Page, void, undefined> {
  const { namespace, labelSelector, fieldSelector } = options
  const path = collectionPath(resource, namespace)
  if (!path.ok)
    throw new KubeError({ code: 'invalid', cluster: client.cluster, message: path.problem, reason: 'BadPath' })
  const limits = callLimits(options)
  let limit = options.pageSize ?? defaultPageSize
  let from: string | undefined
  do {
    const query = queryText({ labelSelector, fieldSelector, limit, continue: from })
    const body = await unlessTooLarge(client.raw(`${path.path}${query}`, limits()), limit > 1)
    if (body === tooLarge) {
      limit = Math.ceil(limit / 4)
      continue
    }
    yield pageOf(body, { cluster: client.cluster, resource })
    from = textAt(body, 'metadata', 'continue') ?? ''
  } while (from !== '')
}

const tooLarge = Symbol('too large')

async function unlessTooLarge(answer: Promise<RawAnswer>, divisible: boolean): Promise<unknown> {
  try {
    return (await answer).body
  } catch (error) {
    if (divisible && error instanceof KubeError && error.code === 'too_large') return tooLarge
    throw error
  }
}

/** All pages. A list that grew too old while it was read begins again, twice at most. */
export async function listAll(client: Pages, resource: Resource, options: ListOptions = {}): Promise<Page> {
  for (let round = 0; ; round += 1) {
    try {
      const items: KubernetesObject[] = []
      let resourceVersion = ''
      for await (const page of listPages(client, resource, options)) {
        items.push(...page.items)
        resourceVersion = page.resourceVersion
      }
      return { items, resourceVersion }
    } catch (error) {
      if (!(error instanceof KubeError) || error.code !== 'gone' || round >= mostRestarts) throw error
    }
  }
}

/** The deadline is for all pages together: each gets what the ones before it left. */
function callLimits({ signal, deadlineMs = defaultDeadlineMs }: ListOptions): () => CallOptions {
  const endsAt = performance.now() + deadlineMs
  return () => ({
    deadlineMs: Math.max(1, endsAt - performance.now()),
    ...(signal === undefined ? {} : { signal }),
  })
}

function pageOf(body: unknown, { cluster, resource }: { cluster: string; resource: Resource }): Page {
  const resourceVersion = textAt(body, 'metadata', 'resourceVersion')
  const kind = textAt(body, 'kind') ?? ''
  if (resourceVersion === undefined || !kind.endsWith('List')) {
    throw new KubeError({ code: 'bad_answer', cluster, message: 'the answer is not a list', reason: 'NotAList' })
  }
  const items = listAt(body, 'items')
    .map((each) => asObject(resource, each))
    .filter((each) => each !== undefined)
  return { items, resourceVersion }
}
