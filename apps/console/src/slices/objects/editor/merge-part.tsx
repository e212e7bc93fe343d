import { isJson } from '@orbweaver/contracts/json'
import { isKubernetesObject, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { threeWayMerge } from '@orbweaver/istio/diff/three-way'
import { authored } from '@orbweaver/istio/diff/touched'
import { MergeView } from '@orbweaver/ui/merge-view'
import { Section } from '@orbweaver/ui/page'
import { Button } from 'antd'
import { useMemo } from 'react'
import { useText } from '../text.ts'

type Sides = { base: KubernetesObject; mine: KubernetesObject; theirs: KubernetesObject }

/** Both sides' work brought together before anything is applied: nobody's is overwritten unseen. */
export function MergePart(props: Sides & { onMerged: (merged: KubernetesObject) => void; onBack: () => void }) {
  const t = useText()
  const { base, mine, theirs, onMerged } = props
  const { merged, conflicts } = useMemo(() => threeWayMerge({ base, mine, theirs }), [base, mine, theirs])
  return (
    <Section title={t('merge.title')} aside={<Button onClick={props.onBack}>{t('merge.back')}</Button>}>
      <div className="ow-stack">
        <p className="ow-soft">{t('merge.hint')}</p>
        <MergeView
          conflicts={conflicts}
          merged={authored(merged)}
          theirs={authored(theirs)}
          onMerged={(result) => {
            if (isKubernetesObject(result) && isJson(result)) onMerged(result)
          }}
        />
      </div>
    </Section>
  )
}
