import { apply } from './areas/apply.ts'
import { applyLists } from './areas/apply-lists.ts'
import { creates } from './areas/creates.ts'
import { customKinds } from './areas/custom-kinds.ts'
import { customVersions } from './areas/custom-versions.ts'
import { deletion } from './areas/deletion.ts'
import { discovery } from './areas/discovery.ts'
import { dryRun } from './areas/dry-run.ts'
import { forgotten } from './areas/forgotten.ts'
import { impersonation } from './areas/impersonation.ts'
import { injection } from './areas/injection.ts'
import { istiodDebug } from './areas/istiod-debug.ts'
import { lists } from './areas/lists.ts'
import { metrics } from './areas/metrics.ts'
import { names } from './areas/names.ts'
import { patches } from './areas/patches.ts'
import { policies } from './areas/policies.ts'
import { portForward } from './areas/port-forward.ts'
import { refusals } from './areas/refusals.ts'
import { remoteClusters } from './areas/remote-clusters.ts'
import { reviews } from './areas/reviews.ts'
import { rights } from './areas/rights.ts'
import { celRules } from './areas/rules.ts'
import { sailKinds } from './areas/sail-kinds.ts'
import { sailRefusals } from './areas/sail-refusals.ts'
import { sailRemote } from './areas/sail-remote.ts'
import { sailAbsent } from './areas/sail-absent.ts'
import { sailAgents } from './areas/sail-agents.ts'
import { sailClashes } from './areas/sail-clashes.ts'
import { sailControlPlane } from './areas/sail-control-plane.ts'
import { sailRevisions } from './areas/sail-revisions.ts'
import { sailTags } from './areas/sail-tags.ts'
import { sailUpkeep } from './areas/sail-upkeep.ts'
import { sailWebhooks } from './areas/sail-webhooks.ts'
import { subresources } from './areas/subresources.ts'
import { tokens } from './areas/tokens.ts'
import { updates } from './areas/updates.ts'
import { validation } from './areas/validation.ts'
import { verdicts } from './areas/verdicts.ts'
import { watches } from './areas/watches.ts'
import { webhookFailures } from './areas/webhook-failures.ts'
import { webhookSelection } from './areas/webhook-selection.ts'
import { webhooks } from './areas/webhooks.ts'
import { webhooksAndRoots } from './areas/webhooks-and-roots.ts'
import type { Area } from './check.ts'

/** Every area, in the order of the table. */
export const areas: readonly Area[] = [
  discovery,
  lists,
  watches,
  forgotten,
  creates,
  updates,
  patches,
  apply,
  applyLists,
  dryRun,
  validation,
  names,
  deletion,
  customKinds,
  customVersions,
  celRules,
  subresources,
  rights,
  reviews,
  impersonation,
  tokens,
  webhooks,
  webhookFailures,
  webhookSelection,
  policies,
  refusals,
  portForward,
  istiodDebug,
  metrics,
  remoteClusters,
  injection,
  webhooksAndRoots,
  verdicts,
  sailKinds,
  sailRefusals,
  sailRemote,
  sailControlPlane,
  sailWebhooks,
  sailRevisions,
  sailTags,
  sailClashes,
  sailUpkeep,
  sailAgents,
  sailAbsent,
]
