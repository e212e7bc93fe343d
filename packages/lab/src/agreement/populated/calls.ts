import type { AccessCall, Claims } from '@orbweaver/contracts/explain-access'
import { type Json, listAt, numberAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { AccessWorld } from '../access/generate.ts'
import { createRandom, type Random } from '../random.ts'
import type { World } from '../real-judges.ts'
import { suffix } from '../routes/rules.ts'
import { populate } from './populate.ts'

/** Calls a world. */
const asked = 48

/** A folder's configuration with Pods, and calls of what its policies speak of. */
export function callsOf({ id, objects, meshConfig = '' }: World): AccessWorld {
  const made = populate(objects)
  const random = createRandom(made.objects.length)
  const words = wordsOf(made.objects)
  const calls = Array.from({ length: asked }, () => random.any(made.workloads)).flatMap((to) => {
    const from = random.any(made.workloads)
    return to === undefined || from === undefined ? [] : [callOf(random, words, { from, to })]
  })
  const targets = new Map(calls.map(({ to: { ref } }) => [`${ref.namespace ?? ''}/${ref.name}`, ref]))
  return {
    id,
    objects: made.objects,
    meshConfig,
    proxies: [...targets.values()].map(({ namespace = '', name }) => ({ namespace, name })),
    calls,
  }
}

/** What policies speak of, and something else of each kind. */
type Words = {
  readonly principals: readonly string[]
  readonly methods: readonly string[]
  readonly paths: readonly string[]
  readonly hosts: readonly string[]
  readonly issuers: readonly string[]
  readonly claims: readonly (readonly [string, string])[]
}

function wordsOf(objects: readonly KubernetesObject[]): Words {
  const rules = objects
    .filter(({ kind }) => kind === 'AuthorizationPolicy')
    .flatMap((each) => listAt(each, 'spec', 'rules'))
  const sources = rules.flatMap((rule) => listAt(rule, 'from')).map((each) => each)
  const operations = rules.flatMap((rule) => listAt(rule, 'to'))
  const said = (of: readonly Json[], part: string, ...fields: string[]) =>
    of.flatMap((each) => fields.flatMap((field) => textsAt(each, part, field))).map((each) => each.replaceAll('*', 'x'))
  const tokens = objects
    .filter(({ kind }) => kind === 'RequestAuthentication')
    .flatMap((each) => listAt(each, 'spec', 'jwtRules'))
  return {
    principals: [...said(sources, 'source', 'principals', 'notPrincipals'), 'cluster.local/ns/else/sa/else'],
    methods: [...said(operations, 'operation', 'methods', 'notMethods'), 'GET', 'DELETE'],
    paths: [...said(operations, 'operation', 'paths', 'notPaths'), '/', '/else'].map((each) =>
      each.replace(/^x/, '/x'),
    ),
    hosts: [...said(operations, 'operation', 'hosts', 'notHosts'), 'else.example.com'],
    issuers: [...tokens.flatMap((each) => textAt(each, 'issuer') ?? []), 'https://else.example.com'],
    claims: rules
      .flatMap((rule) => listAt(rule, 'when'))
      .flatMap((when) => {
        const name = /^request\.auth\.claims\[([^\]]+)\]$/.exec(textAt(when, 'key') ?? '')?.[1]
        return name === undefined ? [] : textsAt(when, 'values').map((value) => [name, value] as const)
      }),
  }
}

type Ends = { readonly from: KubernetesObject; readonly to: KubernetesObject }

function callOf(random: Random, words: Words, { from, to }: Ends): AccessCall {
  const port = random.any(portsOf(to)) ?? 8080
  const mtls = random.chance(0.7)
  const service = `${to.metadata.name}.${to.metadata.namespace ?? 'default'}.${suffix}`
  return {
    from: random.chance(0.6)
      ? { kind: 'workload', ref: refOf('default', from) }
      : { kind: 'identity', principal: random.any(words.principals) ?? '', ip: '10.244.9.9' },
    to: { ref: refOf('default', to), port },
    mtls,
    sni: mtls ? `outbound_.${port}_._.${service}` : '',
    ...(random.chance(0.1)
      ? { protocol: 'tcp', claims: null }
      : {
          protocol: 'http',
          method: random.any(words.methods) ?? 'GET',
          path: random.any(words.paths) ?? '/',
          host: random.any(words.hosts) ?? '',
          headers: {},
          claims: random.chance(0.5) ? claimsOf(random, words) : null,
        }),
  }
}

function claimsOf(random: Random, { issuers, claims }: Words): Claims {
  const claim = random.any(claims)
  return {
    iss: random.any(issuers) ?? '',
    sub: 'somebody',
    ...(claim !== undefined && !claim[0].includes('[') && { [claim[0]]: claim[1] }),
  }
}

const portsOf = (pod: KubernetesObject): readonly number[] =>
  listAt(pod, 'spec', 'containers')
    .flatMap((container) => listAt(container, 'ports'))
    .flatMap((each) => numberAt(each, 'containerPort') ?? [])
