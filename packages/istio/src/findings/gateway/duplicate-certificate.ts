import { at, type Json, listAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../../world/kinds.ts'
import type { Labels } from '../../world/labels.ts'
import { type Code, found, type Judge } from '../finding.ts'
import { defineIndex, type Index } from '../index-of.ts'
import type { MeshWorld } from '../world.ts'

const code: Code = {
  code: 'gateway.duplicate-certificate',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['IST0138'],
}

/** Gateways whose servers end TLS, by each label of their selector; under the empty key all of them. */
const gatewaysByLabel: Index<KubernetesObject> = defineIndex({
  name: 'tls gateways by selector label',
  kinds: [kinds.gateway],
  entries: (object) => {
    if (tlsOf(object).length === 0) return []
    const pairs = Object.entries(stringsAt(object, 'spec', 'selector')).map(([key, value]) => `${key}=${value}`)
    return ['', ...pairs].map((key) => [key, object])
  },
})

/**
 * Gateways of the same proxies show one certificate: a browser that has a connection to one of them uses it for hosts of
 * the other, and gets 404 there (HTTP/2 connection coalescing). Only selectors of which this one is a part are compared.
 */
export const duplicateCertificate: Judge = {
  says: [code],
  kinds: [kinds.gateway],
  judge(subject, world) {
    const own = tlsOf(subject.object)
    if (own.length === 0) return []
    const others = gatewaysUnder(world, stringsAt(subject.object, 'spec', 'selector')).filter(
      (other) => other !== subject.object,
    )
    return own.flatMap(({ tls, pointer }) => {
      const same = others.filter((other) => tlsOf(other).some((each) => sameCertificate(tls, each.tls)))
      const [first] = same
      if (first === undefined) return []
      const name = textAt(tls, 'credentialName') ?? textAt(tls, 'serverCertificate') ?? ''
      const other = `${first.metadata.namespace ?? 'default'}/${first.metadata.name}`
      const evidence = same.map((each) => refOf(subject.cluster, each))
      return [found(subject, code, { pointer, params: { name, other }, evidence })]
    })
  },
}

function isPart(few: Labels, many: Labels): boolean {
  return Object.entries(few).every(([key, value]) => many[key] === value)
}

function gatewaysUnder(world: MeshWorld, selector: Labels): KubernetesObject[] {
  const [label] = Object.entries(selector)
  const near = world.look(gatewaysByLabel, label === undefined ? '' : `${label[0]}=${label[1]}`)
  return near.filter((each) => isPart(selector, stringsAt(each, 'spec', 'selector')))
}

function tlsOf(gateway: KubernetesObject): { tls: Json; pointer: string }[] {
  return listAt(gateway, 'spec', 'servers').flatMap((server, index) => {
    const tls = at(server, 'tls') ?? undefined
    return tls === undefined ? [] : [{ tls, pointer: `/spec/servers/${index}/tls` }]
  })
}

function sameCertificate(one: Json, other: Json): boolean {
  const both = (field: string) => [textAt(one, field) ?? '', textAt(other, field) ?? ''] as const
  const [name, otherName] = both('credentialName')
  if (name !== '' || otherName !== '') return name === otherName
  return (['serverCertificate', 'privateKey'] as const).every((field) => {
    const [mine, theirs] = both(field)
    return mine !== '' && mine === theirs
  })
}
