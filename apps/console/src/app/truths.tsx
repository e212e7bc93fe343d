import type { ClusterTruth } from '@orbweaver/contracts/envelope'
import { TruthStrip } from '@orbweaver/ui/truth-strip'
import { useMessage } from '../text/messages.ts'

/** The strip for the envelope every read carries; nothing while every cluster is fresh. */
export function Truths(props: { truths: ClusterTruth[] | undefined }) {
  const say = useMessage()
  const truths = (props.truths ?? []).map((truth) => ({
    ...truth,
    reason: truth.reason === undefined ? undefined : say({ code: truth.reason, params: { cluster: truth.cluster } }),
  }))
  return <TruthStrip truths={truths} />
}

/** Clusters that could not be read just now, by name. */
export function unreadIn(truths: ClusterTruth[] | undefined): string[] {
  return (truths ?? []).flatMap(({ cluster, state }) => (state === 'fresh' ? [] : [cluster]))
}
