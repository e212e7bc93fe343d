import type { X509Certificate } from 'node:crypto'
import type { Duplex } from 'node:stream'
import { connect } from 'node:tls'
import { abortReason } from './guard.ts'

/**
 * The certificates that the other side of a connection shows in a TLS handshake: PEM, its own first, then what it sends
 * along. Nothing is verified, since they are what is asked for, and nothing else is sent: the connection ends with the
 * handshake. Rejects with what the socket or TLS threw.
 */
export function presentedBy(stream: Duplex, signal: AbortSignal): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const socket = connect({ socket: stream, rejectUnauthorized: false, ALPNProtocols: ['h2', 'http/1.1'] })
    const onAbort = () => socket.destroy(abortReason(signal))
    signal.addEventListener('abort', onAbort, { once: true })
    if (signal.aborted) onAbort()
    socket.once('secureConnect', () => {
      resolve(chainOf(socket.getPeerX509Certificate()))
      socket.destroy()
    })
    // Before the handshake alone: a promise takes its first word.
    socket.on('error', reject)
    socket.once('close', () => {
      signal.removeEventListener('abort', onAbort)
      reject(new Error('the connection ended before the handshake'))
    })
  })
}

function chainOf(first: X509Certificate | undefined): string[] {
  const found: string[] = []
  for (let each = first; each !== undefined; each = each.issuerCertificate) {
    const pem = each.toString()
    if (found.includes(pem)) break
    found.push(pem)
  }
  return found
}
