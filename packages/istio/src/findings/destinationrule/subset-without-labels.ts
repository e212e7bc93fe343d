import { stringsAt } from '@orbweaver/contracts/json'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge } from '../finding.ts'
import { put } from '../operations.ts'
import { isFilled } from '../subset-members.ts'
import { subsetsOf } from '../subsets.ts'

const code: Code = {
  code: 'destinationrule.subset-without-labels',
  severity: 'info',
  istio: 'accepts',
  aliases: ['KIA0209'],
}

/** A subset that selects by nothing is all of the host: good for a policy of its own, not for a version. */
export const subsetWithoutLabels: Judge = {
  says: [code],
  kinds: [kinds.destinationRule],
  judge: (subject, world) =>
    subsetsOf(subject.object, world.mesh.domain).flatMap(({ host, name, value, pointer }) => {
      if (Object.keys(stringsAt(value, 'labels')).length > 0) return []
      const labels = { version: name }
      const owner = world.hosts.find(host, subject.namespace)
      const fits = owner !== undefined && owner.services.length > 0 && isFilled(world, owner, labels)
      const way = { code: 'by-version', params: { name } }
      const fixes = fits ? [fix(subject, way, [put(`${pointer}/labels`, labels)])] : []
      return [found(subject, code, { pointer, params: { subset: name, host }, fixes })]
    }),
}
