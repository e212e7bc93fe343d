import { at, type Json, listAt, textAt } from '@orbweaver/contracts/json'
import { type ObjectRef, refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { replace } from '../operations.ts'
import { certificateOf } from '../secrets.ts'
import type { MeshWorld } from '../world.ts'
import type { CertificateFacts } from '../x509-facts.ts'
import { otherSecret } from './other-secret.ts'
import { hostNamesOf, isForAny, lacksCa, type Place, placesOf, secretAt, soon } from './secret-places.ts'

const otherHosts: Code = { code: 'gateway.certificate-of-other-hosts', severity: 'warning', istio: 'accepts' }
const endsSoon: Code = { code: 'gateway.certificate-ends-soon', severity: 'warning', istio: 'accepts' }
const elsewhere: Code = { code: 'gateway.credential-of-other-namespace', severity: 'error', istio: 'ignores' }
const withoutCa: Code = { code: 'gateway.mutual-without-ca', severity: 'error', istio: 'accepts' }

/**
 * What clients see of a server's certificate: they refuse one that is not for the host they asked for (RFC 6125: its names,
 * a wildcard for one label), and one that has ended. Secrets are given to a gateway from its own namespace alone
 * (istio pilot/pkg/xds/sds.go, filterAuthorizedResources); clients are verified by a CA that comes with them.
 */
export const servedCertificate: Judge = {
  says: [otherHosts, endsSoon, elsewhere, withoutCa],
  kinds: [kinds.gateway],
  judge(subject, world) {
    if (!world.complete(kinds.pod) || !world.complete(kinds.secret)) return []
    const servers = listAt(subject.object, 'spec', 'servers')
    if (!servers.some((each) => nameIn(each) !== '')) return []
    const places = placesOf(world, subject.object)
    return servers.flatMap((server, index) => {
      const name = nameIn(server)
      if (name === '' || name.includes('://')) return []
      const pointer = `/spec/servers/${index}`
      const [base = name, own] = name.split('/', 2).toReversed()
      const strangers = places.filter((each) => own !== undefined && each.namespace !== own)
      const [stranger] = strangers
      if (stranger !== undefined) return [denied(subject, world, { pointer, name, base, stranger })]
      return places.flatMap((place) => judgeSecret(subject, world, { server, pointer, base, place }))
    })
  },
}

function nameIn(server: Json): string {
  return textAt(at(server, 'tls'), 'credentialName') ?? ''
}

type Denied = { pointer: string; name: string; base: string; stranger: Place }

function denied(subject: Subject, world: MeshWorld, { pointer, name, base, stranger }: Denied): Finding {
  const path = `${pointer}/tls/credentialName`
  const here = secretAt(world, { ...stranger, name: base })
  const fixes =
    here === undefined ? [] : [fix(subject, { code: 'own-secret', params: { name: base } }, [replace(path, base)])]
  return found(subject, elsewhere, { pointer: path, params: { name, namespace: stranger.namespace }, fixes })
}

type At = { server: Json; pointer: string; base: string; place: Place }

function judgeSecret(subject: Subject, world: MeshWorld, { server, pointer, base, place }: At): Finding[] {
  const secret = secretAt(world, { ...place, name: base })
  if (secret === undefined) return []
  const evidence = [refOf(place.cluster, secret)]
  const params = { name: base, namespace: place.namespace }
  const facts = certificateOf(secret)
  const lacks = lacksCa(world, secret, { server, base, place })
  return [
    ...(lacks ? [found(subject, withoutCa, { pointer: `${pointer}/tls/mode`, params, evidence })] : []),
    ...(facts === undefined || facts === 'unknown'
      ? []
      : judgeFacts(subject, world, { server, pointer, facts, said: { params, evidence } })),
  ]
}

type Told = Omit<At, 'base' | 'place'> & {
  facts: CertificateFacts
  said: { params: { name: string; namespace: string }; evidence: readonly ObjectRef[] }
}

function judgeFacts(subject: Subject, world: MeshWorld, { server, pointer, facts, said }: Told): Finding[] {
  const hosts = hostNamesOf(server)
  const outside = hosts.filter((host) => !isForAny(facts, host))
  const left = facts.notAfter - world.now().getTime()
  const isEnding = left >= 0 && left <= soon
  if (outside.length === 0 && !isEnding) return []
  const fixes = otherSecret(subject, world, { server, pointer: `${pointer}/tls/credentialName` })
  const names = { ...said.params, hosts: outside.join(', '), names: facts.names.join(', ') }
  const days = { ...said.params, days: Math.floor(left / 86_400_000) }
  return [
    ...(outside.length === 0
      ? []
      : [found(subject, otherHosts, { ...said, pointer: `${pointer}/hosts`, params: names, fixes })]),
    ...(isEnding
      ? [found(subject, endsSoon, { ...said, pointer: `${pointer}/tls/credentialName`, params: days, fixes })]
      : []),
  ]
}
