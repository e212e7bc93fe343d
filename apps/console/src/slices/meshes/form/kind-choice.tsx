import { useText } from '../text.ts'
import type { Kind } from './draft.ts'
import { KindPicture } from './kind-picture.tsx'
import { useFormText } from './text.ts'

const kinds: Kind[] = ['Managed', 'Dedicated', 'External']

/** The three kinds side by side, each with a picture of where control plane and workloads are. */
export function KindChoice(props: { value: Kind; onChange: (kind: Kind) => void }) {
  const t = useFormText()
  const words = useText()
  return (
    <fieldset className="mesh-kinds">
      <legend>{t('kind')}</legend>
      {kinds.map((kind) => (
        <label key={kind} className="mesh-kind" data-chosen={kind === props.value}>
          <input type="radio" name="mesh-kind" checked={kind === props.value} onChange={() => props.onChange(kind)} />
          <KindPicture kind={kind} />
          <span className="mesh-kind-name">{words(`kind.${kind}`)}</span>
          <span className="ow-soft">{t(`kindHint.${kind}`)}</span>
        </label>
      ))}
    </fieldset>
  )
}
