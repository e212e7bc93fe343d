import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { textAt } from '@orbweaver/contracts/json'
import { z } from 'zod'
import type { Session } from './session.ts'

export const sessionLabel = 'orbweaver.dev/session'

const Stored = z.object({
  identity: z.object({
    user: z.string(),
    groups: z.array(z.string()),
    extra: z.record(z.string(), z.array(z.string())).optional(),
  }),
  persona: z.string().optional(),
  createdAt: z.number(),
  seenAt: z.number(),
  expiresAt: z.number(),
})

/** A session as its Secret in the hub. The token is sealed: whoever may read Secrets there does not get people's tokens. */
export function toSecret(session: Session, place: { namespace: string; key: Buffer }): KubernetesObject {
  const { token, name, reviewedAt: _, ...stored } = session
  const data: Record<string, string> = { session: base64(JSON.stringify(stored)) }
  if (token !== undefined) data.token = base64(seal(token, name, place.key))
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: place.namespace, labels: { [sessionLabel]: 'true' } },
    type: 'orbweaver.dev/session',
    data,
  }
}

/** Undefined when it is not a session of ours, or was sealed with another key. */
export function fromSecret(secret: KubernetesObject, key: Buffer): Session | undefined {
  if (labelsOf(secret)[sessionLabel] !== 'true') return undefined
  const parsed = Stored.safeParse(parseJson(textAt(secret, 'data', 'session')))
  if (!parsed.success) return undefined
  const { persona, identity, ...times } = parsed.data
  const { extra, ...names } = identity
  const session: Session = {
    ...times,
    name: secret.metadata.name,
    identity: extra === undefined ? names : { ...names, extra },
    reviewedAt: 0,
    ...(persona === undefined ? {} : { persona }),
  }
  const sealed = textAt(secret, 'data', 'token')
  if (sealed === undefined) return session
  const token = unseal(Buffer.from(sealed, 'base64').toString('utf8'), session.name, key)
  return token === undefined ? undefined : { ...session, token }
}

/** AES-256-GCM with the Secret's name as associated data, so that one session's token cannot be pasted into another. */
function seal(text: string, name: string, key: Buffer): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return [nonce, cipher.getAuthTag(), body].map((part) => part.toString('base64url')).join('.')
}

function unseal(sealed: string, name: string, key: Buffer): string | undefined {
  const [nonce, tag, body] = sealed.split('.').map((part) => Buffer.from(part, 'base64url'))
  if (nonce?.length !== 12 || tag?.length !== 16 || body === undefined) return undefined
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name)).setAuthTag(tag)
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
  } catch {
    // Sealed with a key that is gone, or tampered with: either way nobody can be signed in by it.
    return undefined
  }
}

function parseJson(text: string | undefined): unknown {
  if (text === undefined) return undefined
  try {
    return JSON.parse(Buffer.from(text, 'base64').toString('utf8'))
  } catch {
    return undefined
  }
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64')
}
