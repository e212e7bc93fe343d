/** Protocol names of ports (Istio pkg/config/protocol); upper and lower case mean the same. */

const HTTP_LIKE = new Set(['HTTP', 'HTTP2', 'HTTP_PROXY', 'GRPC', 'GRPC-WEB'])
const TLS_LIKE = new Set(['HTTPS', 'TLS'])
const TCP_LIKE = new Set(['TCP', 'HTTPS', 'TLS', 'MONGO', 'REDIS', 'MYSQL'])
const OTHERS = new Set(['UDP'])

export type ProtocolTraits = { name: string; known: boolean; http: boolean; tls: boolean; tcp: boolean }

export function protocolTraits(text: string): ProtocolTraits {
  const name = text.toUpperCase()
  const [http, tls, tcp] = [HTTP_LIKE.has(name), TLS_LIKE.has(name), TCP_LIKE.has(name)]
  return { name, http, tls, tcp, known: http || tls || tcp || OTHERS.has(name) }
}

/** ValidateProtocol: none at all is to be found out by looking at the traffic. */
export function protocolProblem(text: string): string | undefined {
  return text === '' || protocolTraits(text).known ? undefined : `unsupported protocol: ${text}`
}
