import { ChoiceCards } from '@orbweaver/ui/choice-cards'
import { useText } from '../text.ts'
import type { Kind } from './draft.ts'
import { KindPicture } from './kind-picture.tsx'
import { useFormText } from './text.ts'

const kinds: Kind[] = ['Managed', 'Dedicated', 'External']

/** The three kinds side by side, each with a picture of where control plane and workloads are. */
export function KindChoice(props: { value: Kind; onChange: (kind: Kind) => void }) {
  const t = useFormText()
  const words = useText()
  const cards = kinds.map((value) => ({
    value,
    title: words(`kind.${value}`),
    hint: t(`kindHint.${value}`),
    picture: <KindPicture kind={value} />,
  }))
  return <ChoiceCards legend={t('kind')} cards={cards} {...props} />
}
