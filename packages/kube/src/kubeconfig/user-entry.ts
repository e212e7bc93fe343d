import { at, isRecord, textAt } from '@orbweaver/contracts/json'
import type { Connection } from '../connection.ts'
import { certificatesOf, privateKeyOf } from './certificates.ts'
import { blobOf, type Entry, type Files, fileText, textOf } from './fields.ts'
import { guessByCommand, guessByPlugin } from './provider.ts'
import { Refused, refuse } from './refusal.ts'

type Proof = Pick<Connection, 'clientCertificate' | 'token'>

/** How the console proves who it is. Only what is written down: nothing is run, nobody is asked. Throws Refused. */
export function readUser(entry: Entry, { files, server }: { files: Files; server: string }): Proof {
  refuseCommands(entry, server)
  refuseForeign(entry)
  const token = tokenOf(entry, files)
  const pair = pairOf(entry, files)
  return {
    ...(token === undefined ? {} : { token }),
    ...(pair === undefined ? {} : { clientCertificate: pair }),
  }
}

function refuseCommands({ content, field }: Entry, server: string): void {
  const exec = at(content, 'exec')
  if (isRecord(exec)) throw new Refused({ code: 'exec', field: `${field}.exec`, ...guessByCommand(exec, server) })
  const plugin = at(content, 'auth-provider')
  if (!isRecord(plugin)) return
  const name = textAt(plugin, 'name') ?? ''
  throw new Refused({
    code: 'auth_provider',
    field: `${field}.auth-provider`,
    name,
    provider: guessByPlugin(name, server),
  })
}

function refuseForeign({ content, field }: Entry): void {
  const given = (key: string) => ![undefined, null, ''].some((nothing) => at(content, key) === nothing)
  for (const key of ['username', 'password']) if (given(key)) refuse('basic_auth', `${field}.${key}`)
  for (const key of ['as', 'as-uid', 'as-groups', 'as-user-extra']) {
    if (given(key)) refuse('impersonation', `${field}.${key}`)
  }
}

/** A token file wins over an inline token, as in client-go. */
function tokenOf(entry: Entry, files: Files): string | undefined {
  const path = textOf(entry, 'tokenFile')
  const field = `${entry.field}.${path === undefined ? 'token' : 'tokenFile'}`
  const text = path === undefined ? textOf(entry, 'token') : fileText(path, { field, files, refusal: 'token_file' })
  const token = text?.trim()
  if (token === undefined) return undefined
  if (!/^[\x21-\x7e]+$/.test(token)) return refuse('bad_token', field)
  return token
}

function pairOf(entry: Entry, files: Files) {
  const certificate = blobOf(entry, 'client-certificate', files)
  const key = blobOf(entry, 'client-key', files)
  if (certificate === undefined && key === undefined) return undefined
  if (certificate === undefined || key === undefined) return refuse('key_mismatch', entry.field)
  const [leaf] = certificatesOf(certificate)
  if (leaf?.checkPrivateKey(privateKeyOf(key)) !== true) return refuse('key_mismatch', key.field)
  return { certificate: certificate.text, key: key.text }
}
