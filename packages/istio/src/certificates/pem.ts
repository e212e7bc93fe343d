const block = (label: string) => new RegExp(`-----BEGIN (${label})-----([\\sA-Za-z0-9+/=]+)-----END \\1-----`, 'g')

/** The certificates of a PEM file, each as a block of its own; whatever else is in the file is left out. */
export function certificateBlocks(text: string): string[] {
  return [...text.matchAll(block('CERTIFICATE'))].map(([, , content = '']) => toPem('CERTIFICATE', bytesOf(content)))
}

/** The first private key of a PEM file, in one of the forms that istiod reads (security/pkg/pki/util/crypto.go). */
export function privateKeyBlock(text: string): { label: string; der: Uint8Array } | undefined {
  const [found] = text.matchAll(block('PRIVATE KEY|RSA PRIVATE KEY|EC PRIVATE KEY'))
  return found === undefined ? undefined : { label: found[1] ?? '', der: bytesOf(found[2] ?? '') }
}

export function toPem(label: string, der: Uint8Array): string {
  const lines = btoa(String.fromCharCode(...der)).match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}

/** No bytes where it is no base64: what is read from them says so. */
function bytesOf(base64: string): Uint8Array {
  const text = base64.replaceAll(/\s/g, '')
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return new Uint8Array()
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
}
