import { refOf } from '@orbweaver/contracts/kubernetes'
import { backendOf, targetsOf } from '../../simulate/route/gateway-api/backend-tls.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge } from '../finding.ts'
import { remove } from '../operations.ts'
import { aims, docs, olderThan } from './targets.ts'

const code: Code = { code: 'backendtlspolicy.conflicted', severity: 'warning', istio: 'ignores', docs }

/** Of several policies for one target the oldest counts alone (istio backend_policies.go, btlsIsConflicted; 1.31). */
export const conflicted: Judge = {
  says: [code],
  kinds: [kinds.backendTlsPolicy],
  judge(subject, world) {
    return aims(subject).flatMap((target) => {
      const { name, section = '', pointer } = target
      const backend = backendOf(world, target, subject.namespace)
      const isThere = section === '' || backend?.ports.some((port) => port.name === section) === true
      const older = backend === undefined || !isThere ? undefined : olderThan(world, subject.object, target)
      if (older === undefined) return []
      const isOnly = targetsOf(subject.object).length === 1
      const params = { name, winner: older.metadata.name }
      const fixes = isOnly ? [] : [fix(subject, { code: 'remove-target' }, [remove(pointer)])]
      return [found(subject, code, { pointer, params, evidence: [refOf(subject.cluster, older)], fixes })]
    })
  },
}
