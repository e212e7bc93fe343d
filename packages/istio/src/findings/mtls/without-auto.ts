import { at, isRecord, textAt } from '@orbweaver/contracts/json'
import { refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { resolveHost, wildcardsOver } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { put } from '../operations.ts'
import type { MeshWorld } from '../world.ts'
import { clientTlsOf, mutualRulesFor } from './client-rules.ts'
import { isWhole, modeOf } from './modes.ts'

const strict = (alias: string): Code => ({
  code: 'peerauthentication.clients-plain',
  severity: 'error',
  istio: 'accepts',
  aliases: [alias],
})
const ofMesh = strict('KIA0401')
const ofNamespace = strict('KIA0501')
const narrower: Code = {
  code: 'destinationrule.overrides-mtls',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['KIA0204'],
}

/** Where `enableAutoMtls` is off, clients send mutual TLS only where a DestinationRule tells them to. */
export const withoutAutoMtls: Judge = {
  says: [ofMesh, ofNamespace, narrower],
  kinds: [kinds.peerAuthentication, kinds.destinationRule],
  judge(subject, world) {
    if (world.mesh.autoMtls) return []
    return subject.object.kind === 'PeerAuthentication' ? ofServers(subject, world) : ofClients(subject, world)
  },
}

function ofServers(subject: Subject, world: MeshWorld): Finding[] {
  const { object, namespace } = subject
  if (!isWhole(object) || modeOf(object) !== 'STRICT' || !world.config.has(kinds.destinationRule)) return []
  const isOfMesh = namespace === world.mesh.rootNamespace
  const all = `*.svc.${world.mesh.domain}`
  const hosts = isOfMesh ? [all] : [`*.${namespace}.svc.${world.mesh.domain}`]
  const rules = mutualRulesFor(world, [...new Set(hosts.flatMap(wildcardsOver))])
  return rules.length > 0 ? [] : [found(subject, isOfMesh ? ofMesh : ofNamespace, { pointer: '/spec/mtls/mode' })]
}

/** Whether it says what to send to the whole host, or to each of its ports. */
function saysOfAll({ object, namespace }: Subject, world: MeshWorld, host: string): boolean {
  const said = clientTlsOf(object).filter(({ subset }) => subset === undefined)
  const owners = world.hosts.find(host, namespace)?.owners ?? []
  const ports = owners.flatMap((each) => each.ports.map(({ number }) => number))
  const isSaid = (number: number) => said.some(({ port }) => port === number)
  return said.some(({ port }) => port === undefined) || (ports.length > 0 && ports.every(isSaid))
}

/** A narrower rule counts alone: nothing of the wider one holds beside it. */
function ofClients(subject: Subject, world: MeshWorld): Finding[] {
  const { object, namespace, cluster } = subject
  const host = resolveHost(textAt(object, 'spec', 'host') ?? '', namespace, world.mesh.domain)
  if (saysOfAll(subject, world, host)) return []
  const [wider] = mutualRulesFor(
    world,
    wildcardsOver(host).filter((each) => each !== host),
  )
  if (wider === undefined) return []
  const tls = { mode: 'ISTIO_MUTUAL' }
  const hasPolicy = isRecord(at(object, 'spec', 'trafficPolicy'))
  const operation = hasPolicy ? put('/spec/trafficPolicy/tls', tls) : put('/spec/trafficPolicy', { tls })
  const params = { host, wider: textAt(wider, 'spec', 'host') ?? '', rule: wider.metadata.name }
  const way = fix(subject, { code: 'send-mutual' }, [operation])
  return [found(subject, narrower, { pointer: '/spec', params, evidence: [refOf(cluster, wider)], fixes: [way] })]
}
