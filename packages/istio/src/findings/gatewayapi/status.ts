import { at, type Json, listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import type { Finding } from '@orbweaver/contracts/plan'
import { kindOf, kinds } from '../../world/kinds.ts'
import { type Code, found, type Judge, type Subject } from '../finding.ts'
import type { MeshWorld } from '../world.ts'
import { backendIncomplete } from './backend-incomplete.ts'
import { backends } from './backends.ts'
import { certificates } from './certificates.ts'
import { listenerSet } from './listener-set.ts'
import { listenerUnserved } from './listener-unserved.ts'
import { parentNotFound } from './parent-not-found.ts'
import { parentRefuses } from './parent-refuses.ts'
import { parentsOf } from './parents.ts'

const code: Code = { code: 'route.status', severity: 'warning', istio: 'ignores' }

const told = ['Accepted', 'ResolvedRefs', 'Programmed']

/** Those that say of a condition why it is so, and where. */
const ofParents: readonly Judge[] = [parentNotFound, parentRefuses]
const ofReferences: readonly Judge[] = [backends, backendIncomplete]
const ofListeners: readonly Judge[] = [listenerSet, listenerUnserved, certificates]

/** Status that says no, of the kinds whose status istioctl does not read, and for a reason that no other judge sees. */
export const status: Judge = {
  says: [code],
  kinds: [kinds.tcpRoute, kinds.tlsRoute, kinds.listenerSet],
  judge(subject, world) {
    const { object } = subject
    const parents = listAt(object, 'status', 'parents').map((each, index) => ({
      conditions: listAt(each, 'conditions'),
      pointer: `/status/parents/${index}`,
      parent: at(each, 'parentRef'),
    }))
    const whole = { conditions: listAt(object, 'status', 'conditions'), pointer: '/status', parent: undefined }
    return [whole, ...parents].flatMap(({ conditions, pointer, parent }) =>
      conditions.flatMap((each, index) => {
        const type = textAt(each, 'type') ?? ''
        if (!told.includes(type) || textAt(each, 'status') !== 'False') return []
        if (isSaid(subject, world, { type, parent })) return []
        const params = { type, reason: textAt(each, 'reason') ?? '', message: textAt(each, 'message') ?? '' }
        return [found(subject, code, { pointer: `${pointer}/conditions/${index}`, params })]
      }),
    )
  },
}

/** Whether another judge says it of the same object, and where a parent is spoken of, of that one. */
function isSaid(subject: Subject, world: MeshWorld, { type, parent }: { type: string; parent: Json | undefined }) {
  const by = (judges: readonly Judge[]): Finding[] => judges.flatMap((each) => each.judge(subject, world))
  if (kindOf(subject.object) === kinds.listenerSet) return by(ofListeners).length > 0
  if (type !== 'Accepted') return by(ofReferences).length > 0
  const places = parentsOf(subject.object)
    .filter(({ reference }) => keyOf(reference) === keyOf(parent))
    .map(({ pointer }) => pointer)
  return by(ofParents).some(({ pointer }) => places.includes(pointer))
}

function keyOf(reference: Json | undefined): string {
  const words = ['namespace', 'name', 'sectionName'].map((each) => textAt(reference, each) ?? '')
  return [...words, numberAt(reference, 'port') ?? 0].join('/')
}
