import { type Json, listAt, textAt } from '@orbweaver/contracts/json'
import { fact, type MeshWorld } from '../../../findings/world.ts'
import { kinds } from '../../../world/kinds.ts'
import { namespaceOf } from '../../../world/namespace-of.ts'

/** `group/Kind` of what a reference names; what is left out is as said (gatewaycommon/references.go, NormalizeReference; 1.31). */
export function kindIn(reference: Json | undefined, byDefault: { group: string; kind: string }): string {
  const group = textAt(reference, 'group') ?? byDefault.group
  const kind = textAt(reference, 'kind') ?? byDefault.kind
  return group === '' || group === 'core' ? kind : `${group}/${kind}`
}

type Grant = { from: string; fromNamespace: string; to: string; toNamespace: string; name: string | undefined }

const grants = fact<readonly Grant[]>('route: reference grants', ({ config }) =>
  config.list(kinds.referenceGrant).flatMap((grant) =>
    listAt(grant, 'spec', 'from').flatMap((from) =>
      listAt(grant, 'spec', 'to').map((to) => ({
        from: kindIn(from, { group: '', kind: '' }),
        fromNamespace: textAt(from, 'namespace') ?? '',
        to: kindIn(to, { group: '', kind: '' }),
        toNamespace: namespaceOf(grant),
        name: textAt(to, 'name'),
      })),
    ),
  ),
)

type Reaching = { from: string; fromNamespace: string; to: string; toNamespace: string; name: string }

/** Whether an object may name one of another namespace: a ReferenceGrant there lets it. */
export function isGranted(world: MeshWorld, reaching: Reaching): boolean {
  if (reaching.fromNamespace === reaching.toNamespace) return true
  return world
    .known(grants)
    .some(
      ({ from, fromNamespace, to, toNamespace, name }) =>
        from === reaching.from &&
        fromNamespace === reaching.fromNamespace &&
        to === reaching.to &&
        toNamespace === reaching.toNamespace &&
        (name === undefined || name === reaching.name),
    )
}
