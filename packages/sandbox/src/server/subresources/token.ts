import { listAt, numberAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { issuer, type TokenClaims } from '../authn/tokens.ts'
import { builtinSchema } from '../builtins/definitions.ts'
import { type Cluster, timestamp } from '../cluster.ts'
import type { Served } from '../definition.ts'
import { invalidValue } from '../field-errors.ts'
import { type Call, jsonReply, type Reply } from '../http/call.ts'
import { invalid, methodNotAllowed } from '../status.ts'
import { decodeBody } from '../verbs/decode.ts'
import { entryFor } from '../verbs/get.ts'

/** TokenRequest of a ServiceAccount. Source: kubernetes pkg/registry/core/serviceaccount/storage/token.go v1.36. */
export async function requestToken(cluster: Cluster, call: Call, served: Served): Promise<Reply> {
  if (call.info.verb !== 'create') throw methodNotAllowed()
  const account = entryFor(cluster, call, served).object
  const body = await decodeBody({ call, served: tokenRequest(served), fieldValidation: 'Warn' })
  const spec = recordAt(body, 'spec')
  const seconds = numberAt(spec, 'expirationSeconds') ?? 3600
  if (seconds < 600) {
    const detail = 'may not specify a duration less than 10 minutes'
    throw invalid({ group: 'authentication.k8s.io', kind: 'TokenRequest' }, '', [
      invalidValue('spec.expirationSeconds', seconds, detail),
    ])
  }
  const asked = listAt(spec, 'audiences').filter((each) => typeof each === 'string')
  const audiences = asked.length === 0 ? [issuer] : asked
  const expires = Math.floor(cluster.clock().getTime() / 1000) + seconds
  const claims: TokenClaims = {
    namespace: call.info.namespace,
    account: { name: account.metadata.name, uid: account.metadata.uid ?? '' },
    audiences,
    expires,
  }
  const pod = textAt(spec, 'boundObjectRef', 'kind') === 'Pod' ? textAt(spec, 'boundObjectRef', 'name') : undefined
  if (pod !== undefined) claims.pod = { name: pod, uid: textAt(spec, 'boundObjectRef', 'uid') ?? '' }
  const status = {
    token: cluster.tokens.issue(claims),
    expirationTimestamp: timestamp({ clock: () => new Date(expires * 1000) }),
  }
  const metadata = {
    name: account.metadata.name,
    namespace: call.info.namespace,
    creationTimestamp: timestamp(cluster),
  }
  const full = { audiences, expirationSeconds: seconds, boundObjectRef: spec.boundObjectRef ?? null }
  const answer = { kind: 'TokenRequest', apiVersion: 'authentication.k8s.io/v1', metadata, spec: full, status }
  return jsonReply(201, JSON.stringify(answer))
}

function tokenRequest(account: Served): Served {
  const schema = builtinSchema('authentication.k8s.io', 'v1', 'TokenRequest')
  const definition = { ...account.definition, group: 'authentication.k8s.io', kind: 'TokenRequest' }
  return { definition, version: { ...account.version, name: 'v1', schema } }
}
