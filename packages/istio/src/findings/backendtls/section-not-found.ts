import type { Fix } from '@orbweaver/contracts/plan'
import { refOf } from '@orbweaver/contracts/kubernetes'
import { backendOf, type PolicyTarget, type Port } from '../../simulate/route/gateway-api/backend-tls.ts'
import { nearestWord } from '../../values/nearest.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { put, remove } from '../operations.ts'
import type { MeshWorld } from '../world.ts'
import { aims, docs, olderThan } from './targets.ts'

const code: Code = { code: 'backendtlspolicy.section-not-found', severity: 'error', istio: 'ignores', docs }

/** `sectionName` is the name of a port (istio pilot/pkg/config/kube/gateway/backend_policies.go; 1.31). */
export const sectionNotFound: Judge = {
  says: [code],
  kinds: [kinds.backendTlsPolicy],
  judge(subject, world) {
    return aims(subject).flatMap((target) => {
      const backend = backendOf(world, target, subject.namespace)
      const { section = '', name, pointer } = target
      if (backend === undefined || section === '' || backend.ports.some((port) => port.name === section)) return []
      const params = { name, section, ports: backend.ports.map((port) => port.name || '-').join(', ') }
      const fixes = meant(subject, world, { target, ports: backend.ports })
      const evidence = [refOf(world.config.cluster, backend.object)]
      return [found(subject, code, { pointer: `${pointer}/sectionName`, params, fixes, evidence })]
    })
  },
}

type At = { target: PolicyTarget; ports: readonly Port[] }

/** The name of the port whose number was written, or that is spelt nearly so; the only port has no need of a name. */
function meant(subject: Subject, world: MeshWorld, { target, ports }: At): Fix[] {
  const { section = '', pointer } = target
  const isFree = (other: string | undefined) =>
    olderThan(world, subject.object, { ...target, section: other }) === undefined
  const numbered = ports.find(({ number }) => String(number) === section)?.name ?? ''
  const names = ports.map(({ name }) => name).filter((each) => each !== '')
  const name = numbered === '' ? nearestWord(names, section) : numbered
  if (name !== undefined && isFree(name)) {
    return [fix(subject, { code: 'section', params: { name } }, [put(`${pointer}/sectionName`, name)])]
  }
  if (ports.length !== 1 || !isFree(undefined)) return []
  return [fix(subject, { code: 'no-section' }, [remove(`${pointer}/sectionName`)])]
}
