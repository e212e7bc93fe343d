import { createHmac, timingSafeEqual } from 'node:crypto'
import { isRecord, type Json, listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { cloneRecord, parseJson } from '../clone.ts'
import type { ObjectStore } from '../store/store.ts'
import { authenticatedUser, serviceAccountUser, type User } from './user.ts'

export const issuer = 'https://kubernetes.default.svc.cluster.local'

export type TokenClaims = {
  namespace: string
  account: { name: string; uid: string }
  audiences: string[]
  /** Unix seconds; absent for the token of a Secret, which never expires. */
  expires?: number
  secret?: { name: string; uid: string }
  pod?: { name: string; uid: string }
}

type Verified = { user: User; audiences: string[] }

/** Bearer tokens: a static table like tokens.csv, and signed tokens of ServiceAccounts. */
export type Tokens = {
  add(user: { token: string; name: string; groups: string[] }): void
  issue(claims: TokenClaims): string
  verify(token: string): Verified | undefined
}

export function createTokens(store: ObjectStore, clock: () => Date, secret: string): Tokens {
  const table = new Map<string, User>()
  const sign = (text: string): string => createHmac('sha256', secret).update(text).digest('base64url')
  return {
    add(user) {
      table.set(user.token, authenticatedUser(user.name, user.groups))
    },
    issue(claims) {
      const now = Math.floor(clock().getTime() / 1000)
      const head = encode({ alg: 'HS256', kid: 'sandbox' })
      const body = encode(payload(claims, now))
      return `${head}.${body}.${sign(`${head}.${body}`)}`
    },
    verify(token) {
      const known = table.get(token)
      if (known !== undefined) return { user: known, audiences: [issuer] }
      const [head, body, signature] = token.split('.')
      if (head === undefined || body === undefined || signature === undefined) return undefined
      if (!sameText(signature, sign(`${head}.${body}`))) return undefined
      return accountOf(store, decode(body), clock().getTime() / 1000)
    },
  }
}

function payload(claims: TokenClaims, now: number): Json {
  const { namespace, account, audiences, expires, secret, pod } = claims
  const subject = `system:serviceaccount:${namespace}:${account.name}`
  if (secret !== undefined) {
    return {
      iss: 'kubernetes/serviceaccount',
      'kubernetes.io/serviceaccount/namespace': namespace,
      'kubernetes.io/serviceaccount/secret.name': secret.name,
      'kubernetes.io/serviceaccount/service-account.name': account.name,
      'kubernetes.io/serviceaccount/service-account.uid': account.uid,
      sub: subject,
    }
  }
  const bound = pod === undefined ? {} : { pod }
  return cloneRecord({
    aud: audiences,
    exp: expires,
    iat: now,
    iss: issuer,
    'kubernetes.io': { namespace, serviceaccount: account, ...bound },
    nbf: now,
    sub: subject,
  })
}

function encode(value: Json): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function decode(text: string): Json {
  const value = parseJson(Buffer.from(text, 'base64url').toString('utf8'))
  return isRecord(value) ? value : {}
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** A token dies with its account, its Secret or its Pod, not only at its end. */
function accountOf(store: ObjectStore, claims: Json, now: number): Verified | undefined {
  const [, , namespace = '', name = ''] = (textAt(claims, 'sub') ?? '').split(':')
  const uid = textAt(claims, 'kubernetes.io', 'serviceaccount', 'uid') ?? textAt(claims, `${legacy}service-account.uid`)
  const account = store.get('serviceaccounts', namespace, name)?.object
  if (uid === undefined || account?.metadata.uid !== uid || isOver(store, claims, { namespace, now })) return undefined
  return { user: serviceAccountUser({ namespace, name, uid }), audiences: audiencesOf(claims) }
}

function audiencesOf(claims: Json): string[] {
  const audiences = listAt(claims, 'aud').filter((each) => typeof each === 'string')
  return audiences.length === 0 ? [issuer] : audiences
}

function isOver(store: ObjectStore, claims: Json, at: { namespace: string; now: number }): boolean {
  const expires = numberAt(claims, 'exp')
  return (expires !== undefined && expires <= at.now) || holderGone(store, claims, at.namespace)
}

const legacy = 'kubernetes.io/serviceaccount/'

function holderGone(store: ObjectStore, claims: Json, namespace: string): boolean {
  const secret = textAt(claims, `${legacy}secret.name`)
  if (secret !== undefined && store.get('secrets', namespace, secret) === undefined) return true
  const pod = textAt(claims, 'kubernetes.io', 'pod', 'name')
  return pod !== undefined && store.get('pods', namespace, pod) === undefined
}
