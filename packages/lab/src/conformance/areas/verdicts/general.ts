import { ignoringSent } from '../../breakage.ts'
import { accepted, type Case, type Kind, kinds, refused, type Verdicts, verdicts } from './verdict.ts'

const dryRun = 'istio.io/dry-run'
const noDryRun = new RegExp(`^c-[^/]+/object has unsupported annotation ${dryRun}, please remove the annotation$`)

const annotated = (given: Case, annotations: Record<string, string>): Case => ({ ...given, metadata: { annotations } })
const unread: Pick<Verdicts, 'broken'> = { broken: ignoringSent(['metadata', 'annotations']) }

const reserved = (kind: Kind, annotation: string): Case =>
  annotated(refused(annotation, kinds[kind].plain, `"${annotation}" annotation found, this may not be set by users`), {
    [annotation]: 'a',
  })

export const general: readonly Verdicts[] = [
  {
    ...verdicts('AuthorizationPolicy')(
      'Only an AuthorizationPolicy that allows or denies may be a dry run.',
      annotated(
        refused(
          'of auditing',
          { action: 'AUDIT' },
          /^the annotation istio\.io\/dry-run currently only supports action ALLOW\/DENY, found action AUDIT in c-[^/]+\/object$/,
        ),
        { [dryRun]: 'true' },
      ),
      annotated(
        refused(
          'perhaps',
          {},
          /^c-[^/]+\/object has annotation istio\.io\/dry-run with invalid value \(perhaps\): strconv\.ParseBool: parsing "perhaps": invalid syntax$/,
        ),
        { [dryRun]: 'perhaps' },
      ),
      annotated(accepted('yes', {}), { [dryRun]: 'true' }),
      annotated(accepted('no, of denying', { action: 'DENY', rules: [{}] }), { [dryRun]: '0' }),
    ),
    ...unread,
  },
  ...(['VirtualService', 'PeerAuthentication', 'Telemetry', 'WasmPlugin'] as const).map((kind) => ({
    ...verdicts(kind)(
      `A ${kind} is no dry run, and does not say that istiod made it.`,
      annotated(refused('a dry run', kinds[kind].plain, noDryRun), { [dryRun]: 'true' }),
      reserved(kind, 'internal.istio.io/parents'),
      reserved(kind, 'internal.istio.io/parent-namespace'),
      accepted('none of it', kinds[kind].plain),
    ),
    ...unread,
  })),
  {
    ...verdicts('Sidecar')(
      'An object that asks to be refused is.',
      annotated(
        refused('asked', kinds.Sidecar.plain, '"internal.istio.io/webhook-always-reject" annotation found, rejecting'),
        { 'internal.istio.io/webhook-always-reject': 'a' },
      ),
    ),
    ...unread,
  },
]
