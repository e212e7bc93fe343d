import { Dialog } from '@orbweaver/ui/dialog'
import { Failure } from '@orbweaver/ui/failure'
import { PrimaryButton } from '@orbweaver/ui/page'
import { Status } from '@orbweaver/ui/status'
import { useMutation } from '@tanstack/react-query'
import { api } from '../../../api/api.ts'
import { useFailureOf } from '../../../api/failure.ts'
import { keep } from '../../../app/manifest/download.ts'
import { useSupportText } from './text.ts'
import './support.css'

const parts = ['mesh', 'drift', 'checks', 'clusters', 'happened', 'console', 'unread'] as const

/** Says what will be in the bundle, makes it, and gives it to the browser to keep. */
export function SupportDialog(props: { mesh: string; onClose: () => void }) {
  const t = useSupportText()
  const { mesh, onClose } = props
  const making = useMutation(api.meshes.supportBundle.mutationOptions({ gcTime: 0, onSuccess: keep }))
  const failure = useFailureOf(making.error)
  const make = () => making.mutate({ name: mesh })
  return (
    <Dialog
      title={t('title', { mesh })}
      onClose={onClose}
      width={640}
      footer={<PrimaryButton action={{ label: t('verb'), onSelect: make }} loading={making.isPending} />}
    >
      <div className="ow-stack">
        <p className="ow-soft">{t('lead')}</p>
        <section className="ow-stack" aria-label={t('has')}>
          <h3>{t('has')}</h3>
          <ul className="mesh-support">
            {parts.map((part) => (
              <li key={part}>{t(`part.${part}`)}</li>
            ))}
          </ul>
        </section>
        <section className="ow-stack" aria-label={t('hasNot')}>
          <h3>{t('hasNot')}</h3>
          <p>{t('secrets')}</p>
        </section>
        <p className="ow-soft">{t('bounds')}</p>
        <output>
          {making.isPending && <Status health="working" word={t('making')} />}
          {making.data !== undefined && <Status health="healthy" word={t('made', saved(making.data))} />}
        </output>
        {failure !== undefined && <Failure failure={failure} onRetry={make} />}
      </div>
    </Dialog>
  )
}

function saved({ name, size }: File): { file: string; size: string } {
  return { file: name, size: String(Math.ceil(size / 1_000)) }
}
