import { FieldLabel } from '@orbweaver/ui/form-shell'
import { TextFile } from '@orbweaver/ui/text-file'
import { Button, Form, Input, Radio, Select } from 'antd'
import { useText } from '../text.ts'
import { mostBytes, type RegisterValues } from './register-values.ts'

type Offered = { context: string; server: string }

/** Step one: where the credentials come from, and the test that everything else waits for. */
export function Credentials(props: {
  how: RegisterValues['how']
  /** Undefined while nobody said which there are. */
  offered: Offered[] | undefined
  /** Contexts of the pasted kubeconfig, once it was read. */
  contexts: string[]
  tested: boolean
  testing: boolean
  onFile: (text: string) => void
  onTest: () => void
}) {
  const t = useText()
  return (
    <section aria-label={t('form.source')} className="ow-register-test">
      <h2>{t('form.source')}</h2>
      <Form.Item name="how" label={t('form.how')}>
        <Radio.Group
          options={[
            { value: 'pasted', label: t('form.paste') },
            { value: 'offered', label: t('form.context') },
          ]}
        />
      </Form.Item>
      {props.how === 'pasted' ? <Pasted {...props} /> : <OfferedContext offered={props.offered} />}
      <Button onClick={props.onTest} loading={props.testing}>
        {props.tested ? t('form.testAgain') : t('form.test')}
      </Button>
    </section>
  )
}

function Pasted(props: { contexts: string[]; onFile: (text: string) => void }) {
  const t = useText()
  const { contexts } = props
  return (
    <>
      <Form.Item<RegisterValues>
        name="kubeconfig"
        label={t('form.kubeconfig')}
        extra={
          <>
            {t('form.kubeconfigHint')}{' '}
            <TextFile
              label={t('form.upload')}
              mostBytes={mostBytes}
              tooLarge={t('form.tooLarge')}
              onText={props.onFile}
            />
          </>
        }
        rules={[{ required: true, whitespace: true, message: t('fault.kubeconfig') }]}
      >
        <Input.TextArea rows={9} autoComplete="off" spellCheck={false} placeholder={placeholder} />
      </Form.Item>
      {contexts.length > 1 && (
        <Form.Item<RegisterValues> name="context" label={t('form.contexts')} extra={t('form.contextsHint')}>
          <Select showSearch options={contexts.map((context) => ({ value: context, label: context }))} />
        </Form.Item>
      )}
    </>
  )
}

const placeholder = 'apiVersion: v1\nkind: Config\nclusters:\n  …'

function OfferedContext(props: { offered: Offered[] | undefined }) {
  const t = useText()
  if (props.offered === undefined) return null
  if (props.offered.length === 0) return <p className="ow-muted">{t('form.noOffered')}</p>
  return (
    <Form.Item<RegisterValues>
      name="offered"
      label={<FieldLabel>{t('form.offered')}</FieldLabel>}
      extra={t('form.offeredHint')}
      rules={[{ required: true, message: t('fault.offered') }]}
    >
      <Select
        showSearch
        options={props.offered.map(({ context, server }) => ({ value: context, label: `${context} · ${server}` }))}
      />
    </Form.Item>
  )
}
