/** What a request asks for. Source: apiserver pkg/endpoints/request/requestinfo.go v0.36. */
export type RequestInfo = {
  verb: string
  path: string
  /** False for /version, /healthz, discovery and every other path that names no resource. */
  isResource: boolean
  group: string
  version: string
  resource: string
  subresource: string
  namespace: string
  name: string
  /** Path segments after the subresource (proxy, portforward). */
  rest: string[]
}

const verbs: ReadonlyMap<string, string> = new Map([
  ['POST', 'create'],
  ['GET', 'get'],
  ['HEAD', 'get'],
  ['PUT', 'update'],
  ['PATCH', 'patch'],
  ['DELETE', 'delete'],
])
/** Below a namespace of that name these are subresources of the namespace itself. */
const namespaceSubresources: ReadonlySet<string> = new Set(['status', 'finalize'])

export function requestInfo(method: string, url: URL): RequestInfo {
  const path = url.pathname
  const parts = path.split('/').filter((each) => each !== '')
  const info: RequestInfo = {
    verb: method.toLowerCase(),
    path,
    isResource: false,
    group: '',
    version: '',
    resource: '',
    subresource: '',
    namespace: '',
    name: '',
    rest: [],
  }
  const tail = groupVersion(info, parts)
  if (tail === undefined || tail.length === 0) return info
  info.isResource = true
  resourcePath(info, tail.map(decoded))
  info.verb = resourceVerb(info, method, url)
  return info
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

function groupVersion(info: RequestInfo, parts: string[]): string[] | undefined {
  if (parts[0] === 'api' && parts.length >= 3) {
    info.version = parts[1] ?? ''
    return parts.slice(2)
  }
  if (parts[0] === 'apis' && parts.length >= 4) {
    info.group = parts[1] ?? ''
    info.version = parts[2] ?? ''
    return parts.slice(3)
  }
  return undefined
}

function resourcePath(info: RequestInfo, tail: string[]): void {
  let parts = tail
  if (parts[0] === 'namespaces' && parts.length > 1) {
    info.namespace = parts[1] ?? ''
    if (parts.length > 2 && !namespaceSubresources.has(parts[2] ?? '')) parts = parts.slice(2)
  }
  info.resource = parts[0] ?? ''
  info.name = parts[1] ?? ''
  info.subresource = parts[2] ?? ''
  info.rest = parts.slice(3)
}

function resourceVerb(info: RequestInfo, method: string, url: URL): string {
  const verb = verbs.get(method) ?? method.toLowerCase()
  if (verb === 'delete' && info.name === '') return 'deletecollection'
  if (verb !== 'get' || info.name !== '') return verb
  const only = /^metadata\.name=([^,]+)$/.exec(url.searchParams.get('fieldSelector') ?? '')
  if (only?.[1] !== undefined) info.name = only[1]
  return isTrue(url.searchParams.get('watch')) ? 'watch' : 'list'
}

export function isTrue(value: string | null): boolean {
  return value === 'true' || value === '1' || value === ''
}
