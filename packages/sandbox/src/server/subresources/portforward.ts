import { Duplex, Readable, Writable } from 'node:stream'
import { callbackify } from 'node:util'
import { textAt } from '@orbweaver/contracts/json'
import { portForwardChannel, portForwardMessageBytes, portForwardProtocol } from '@orbweaver/kube/port-forward'
import { openWebSocket, websocketAccept, type WebSocketLink } from '@orbweaver/kube/websocket'
import type { Cluster } from '../cluster.ts'
import type { Served } from '../definition.ts'
import type { PodRoute } from '../pod-route.ts'
import { type Call, type Reply, textReply } from '../http/call.ts'
import { badRequest, forbidden, methodNotAllowed } from '../status.ts'
import { entryFor } from '../verbs/get.ts'

/**
 * `pods/portforward` by WebSocket. SPDY, which kubectl speaks, is not spoken here.
 * Source: kubernetes pkg/registry/core/pod/rest PortForwardREST, pkg/registry/core/pod PortForwardLocation and cri-streaming
 * pkg/streaming/portforward v1.36.
 */
export function forwardPort(cluster: Cluster, call: Call, served: Served): Reply {
  const { info, query, raw } = call
  if (info.verb !== 'get' && info.verb !== 'create') throw methodNotAllowed()
  const ports = query.getAll('ports').flatMap((each) => each.split(',').map(portNumber))
  ensureCreate(cluster, call)
  const pod = entryFor(cluster, call, served).object
  if ((textAt(pod, 'spec', 'nodeName') ?? '') === '') {
    throw badRequest(`pod ${info.name} does not have a host assigned`)
  }
  if (raw.upgrade === undefined) throw badRequest('Upgrade request required')
  const key = handshakeKey(call)
  if (ports.length === 0) throw badRequest('query parameter "port" is required')
  if (!(call.headers.accept ?? '*/*').includes('*/*')) return textReply(406, notAcceptable)
  const socket = raw.upgrade()
  socket.write(switching(key))
  const link = openWebSocket(socket, { masks: false, most: portForwardMessageBytes })
  const { namespace, name } = info
  const connect = (port: number) => cluster.pods({ namespace, name }, port)
  forward(link, ports, { name, connect }).catch(() => socket.destroy())
  return { status: 101, body: undefined }
}

/** The kubelet's router has no content type for an upgrade. Source: go-restful v3 router errors. */
const notAcceptable = '406: Not Acceptable\n\nAvailable representations: '

function handshakeKey({ headers }: Call): string {
  const key = headers['sec-websocket-key']
  const protocols = (headers['sec-websocket-protocol'] ?? '').split(',').map((each) => each.trim())
  const isOurs = headers.upgrade?.toLowerCase() === 'websocket' && protocols.includes(portForwardProtocol)
  if (isOurs && key !== undefined) return key
  throw badRequest(`unable to upgrade: ports are forwarded by WebSocket and ${portForwardProtocol} alone`)
}

/** Source: apimachinery pkg/runtime/converter.go Convert_Slice_string_To_Slice_int32 v0.36. */
function portNumber(text: string): number {
  if (/^\d{1,10}$/.test(text)) return Number(text)
  throw badRequest(`cannot convert to []int32: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`)
}

/** A GET that upgrades is more than reading. Source: AuthorizePodWebsocketUpgradeCreatePermission, on since 1.35. */
function ensureCreate(cluster: Cluster, { info, user }: Call): void {
  if (info.verb === 'create' || cluster.authorizer.allowed(user, { ...info, verb: 'create' })) return
  throw forbidden({ group: info.group, plural: info.resource }, info.name, '')
}

function switching(key: string): string {
  return [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${websocketAccept(key)}`,
    `Sec-WebSocket-Protocol: ${portForwardProtocol}`,
    '\r\n',
  ].join('\r\n')
}

type Forwarded = { name: string; connect: (port: number) => ReturnType<PodRoute> }

/** Two channels a port, each of which begins with the port in little endian. The connection ends with the last of them. */
async function forward(link: WebSocketLink, ports: number[], { name, connect }: Forwarded): Promise<void> {
  const open = new Map<number, Readable>()
  const say = (channel: number, bytes: Buffer) => link.send(Buffer.concat([Buffer.from([channel]), bytes]))
  const end = (channel: number): void => {
    open.delete(channel)
    if (open.size === 0) link.close()
  }
  for (const [index, port] of ports.entries()) {
    const data = index * 2 + portForwardChannel.data
    const error = index * 2 + portForwardChannel.error
    const named = Buffer.from([port & 0xff, (port >> 8) & 0xff])
    await say(data, named)
    await say(error, named)
    const input = new Readable({ read: () => undefined })
    open.set(data, input)
    const accept = connect(port)
    if (accept !== undefined)
      accept(
        connection(
          input,
          (bytes) => say(data, bytes),
          () => end(data),
        ),
      )
    else {
      await say(error, Buffer.from(refusal(name, port)))
      end(data)
    }
  }
  for await (const message of link.messages) open.get(message[0] ?? 0)?.push(message.subarray(1))
  for (const input of open.values()) input.push(null)
}

function refusal(name: string, port: number): string {
  return `error forwarding port ${port} to pod ${name}, uid : dial tcp4 127.0.0.1:${port}: connect: connection refused`
}

/** Bytes that kubelets copy at a time. */
const pieceBytes = 32 * 1024

/** What the process in the Pod has for its connection. */
function connection(input: Readable, say: (bytes: Buffer) => Promise<void>, ended: () => void): Duplex {
  const send = callbackify(async (bytes: Buffer) => {
    for (let from = 0; from < bytes.length; from += pieceBytes) await say(bytes.subarray(from, from + pieceBytes))
  })
  const output = new Writable({
    write: (bytes: Buffer, _encoding, done) =>
      send(bytes, (error: unknown) => done(error instanceof Error ? error : null)),
    final(done) {
      ended()
      done()
    },
    // A process may hang up without a word.
    destroy(error, done) {
      ended()
      done(error)
    },
  })
  return Duplex.from({ readable: input, writable: output })
}
