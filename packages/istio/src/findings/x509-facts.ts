import { certificateBlocks } from '../certificates/pem.ts'

/** What judges ask of a certificate; times in milliseconds since 1970. */
export type CertificateFacts = { notBefore: number; notAfter: number; names: readonly string[] }

/** One value in DER (X.690 8.1): its tag, and where its content begins and ends. */
type Node = { tag: number; start: number; end: number }

const tags = { utcTime: 0x17, generalizedTime: 0x18, version: 0xa0, extensions: 0xa3, dnsName: 0x82, octets: 0x04 }
const alternativeNames = '55 1d 11'

/**
 * The first certificate of a PEM text (RFC 5280 4.1); undefined where it is none. Judges are asked at once and in browsers
 * too: they read these few fields themselves, without the library that makes and verifies certificates.
 */
export function certificateFacts(text: string): CertificateFacts | undefined {
  const [pem] = certificateBlocks(text)
  if (pem === undefined) return undefined
  const body = pem.split('\n').slice(1, -2).join('')
  const bytes = Uint8Array.from(atob(body), (char) => char.charCodeAt(0))
  const [certificate] = childrenOf(bytes, { tag: 0, start: 0, end: bytes.length })
  const [signed] = certificate === undefined ? [] : childrenOf(bytes, certificate)
  if (signed === undefined) return undefined
  const fields = childrenOf(bytes, signed)
  const validity = fields[fields[0]?.tag === tags.version ? 4 : 3]
  const [notBefore, notAfter] =
    validity === undefined ? [] : childrenOf(bytes, validity).map((each) => timeOf(bytes, each))
  if (notBefore === undefined || notAfter === undefined) return undefined
  const extensions = fields.find(({ tag }) => tag === tags.extensions)
  return { notBefore, notAfter, names: extensions === undefined ? [] : namesIn(bytes, extensions) }
}

function namesIn(bytes: Uint8Array, extensions: Node): string[] {
  return childrenOf(bytes, extensions)
    .flatMap((list) => childrenOf(bytes, list))
    .map((extension) => childrenOf(bytes, extension))
    .filter(([oid]) => oid !== undefined && hex(bytes, oid) === alternativeNames)
    .flatMap((parts) => parts.filter(({ tag }) => tag === tags.octets))
    .flatMap((octets) => childrenOf(bytes, octets))
    .flatMap((names) => childrenOf(bytes, names))
    .filter(({ tag }) => tag === tags.dnsName)
    .map((name) => ascii(bytes, name))
}

function childrenOf(bytes: Uint8Array, { start, end }: Node): Node[] {
  const nodes: Node[] = []
  let at = start
  while (at < end) {
    const node = nodeAt(bytes, at)
    if (node === undefined || node.end > end) return []
    nodes.push(node)
    at = node.end
  }
  return nodes
}

function nodeAt(bytes: Uint8Array, at: number): Node | undefined {
  const [tag, first] = [bytes[at], bytes[at + 1]]
  if (tag === undefined || first === undefined) return undefined
  if (first < 0x80) return { tag, start: at + 2, end: at + 2 + first }
  const size = first - 0x80
  if (size === 0 || size > 3) return undefined
  const length = bytes.slice(at + 2, at + 2 + size).reduce((sum, byte) => sum * 256 + byte, 0)
  return { tag, start: at + 2 + size, end: at + 2 + size + length }
}

/** `YYMMDDhhmmssZ` up to 2049, `YYYYMMDDhhmmssZ` after (RFC 5280 4.1.2.5). */
function timeOf(bytes: Uint8Array, node: Node): number | undefined {
  const text = ascii(bytes, node)
  const short = node.tag === tags.utcTime
  if (!short && node.tag !== tags.generalizedTime) return undefined
  const full = short ? `${Number(text.slice(0, 2)) < 50 ? '20' : '19'}${text}` : text
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(full) ?? []
  if (year === undefined) return undefined
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
}

function ascii(bytes: Uint8Array, { start, end }: Node): string {
  return String.fromCharCode(...bytes.slice(start, end))
}

function hex(bytes: Uint8Array, { start, end }: Node): string {
  return Array.from(bytes.slice(start, end), (byte) => byte.toString(16).padStart(2, '0')).join(' ')
}
