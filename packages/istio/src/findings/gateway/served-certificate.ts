import { at, type Json, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, type ObjectRef, refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding, Fix } from '@orbweaver/contracts/plan'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { replace } from '../operations.ts'
import { certificateOf } from '../secrets.ts'
import type { MeshWorld } from '../world.ts'
import type { CertificateFacts } from '../x509-facts.ts'
import { hostNamesOf, isForAny, onlyUsable, type Place, placesOf, secretAt } from './secret-places.ts'

const otherHosts: Code = { code: 'gateway.certificate-of-other-hosts', severity: 'warning', istio: 'accepts' }
const endsSoon: Code = { code: 'gateway.certificate-ends-soon', severity: 'warning', istio: 'accepts' }
const elsewhere: Code = { code: 'gateway.credential-of-other-namespace', severity: 'error', istio: 'ignores' }
const withoutCa: Code = { code: 'gateway.mutual-without-ca', severity: 'error', istio: 'accepts' }

/** Two weeks: renewals that work by themselves have happened long before. */
const soon = 14 * 86_400_000

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
      : judgeFacts(subject, world, { server, pointer, place, facts, said: { params, evidence } })),
  ]
}

type Told = Omit<At, 'base'> & {
  facts: CertificateFacts
  said: { params: { name: string; namespace: string }; evidence: readonly ObjectRef[] }
}

function judgeFacts(subject: Subject, world: MeshWorld, { server, pointer, place, facts, said }: Told): Finding[] {
  const hosts = hostNamesOf(server)
  const outside = hosts.filter((host) => !isForAny(facts, host))
  const left = facts.notAfter - world.now().getTime()
  const isEnding = left >= 0 && left <= soon
  if (outside.length === 0 && !isEnding) return []
  const fixes = otherSecret(subject, world, { place, hosts, pointer })
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

/** Of the Secret itself, of one beside it with the suffix `-cacert`, or of one that is named (pilot/pkg/credentials/kube). */
function lacksCa(world: MeshWorld, secret: KubernetesObject, { server, base, place }: Omit<At, 'pointer'>): boolean {
  if (!['MUTUAL', 'OPTIONAL_MUTUAL'].includes(textAt(server, 'tls', 'mode') ?? '')) return false
  const keys = { ...recordAt(secret, 'data'), ...recordAt(secret, 'stringData') }
  if (Object.keys(keys).length === 0 || 'ca.crt' in keys || 'cacert' in keys) return false
  const named = ['caCertificates', 'caCertCredentialName'].some((each) => (textAt(server, 'tls', each) ?? '') !== '')
  return !named && secretAt(world, { ...place, name: `${base}-cacert` }) === undefined
}

type Wanted = { place: Place; hosts: readonly string[]; pointer: string }

/** The only other Secret there with a certificate for all these hosts that does not end soon. */
function otherSecret(subject: Subject, world: MeshWorld, { place, hosts, pointer }: Wanted): Fix[] {
  const name = onlyUsable(world, place, { hosts, until: world.now().getTime() + soon + 1 })
  if (name === undefined) return []
  return [fix(subject, { code: 'other-secret', params: { name } }, [replace(`${pointer}/tls/credentialName`, name)])]
}
