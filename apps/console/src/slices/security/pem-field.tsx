import { Form, type FormItemProps, Input } from 'antd'
import { type ReactNode, useState } from 'react'
import type { ApplyValues } from './apply-values.ts'
import { useText } from './text.ts'

/** What the contract takes of one file (characters). */
const mostText = 65_536

/** PEM, pasted or read from a file; it travels only as part of the form. */
export function PemField(props: {
  name: 'certificate' | 'key' | 'ca'
  label: ReactNode
  hint: string
  rules: NonNullable<FormItemProps['rules']>
}) {
  const t = useText()
  const form = Form.useFormInstance<ApplyValues>()
  const [large, setLarge] = useState(false)
  const { name, label, hint, rules } = props
  const read = async (file: File | undefined) => {
    if (file === undefined) return
    setLarge(file.size > mostText)
    if (file.size > mostText) return
    form.setFieldValue(name, await file.text())
  }
  return (
    <Form.Item<ApplyValues> label={label} extra={hint} required={rules.length > 0} htmlFor={name}>
      <Form.Item<ApplyValues> name={name} noStyle rules={rules}>
        <Input.TextArea rows={4} maxLength={mostText} spellCheck={false} autoComplete="off" className="ow-code" />
      </Form.Item>
      <label className="ow-link ow-file">
        {t('form.file')}
        <input
          type="file"
          aria-label={t('form.file')}
          onChange={(event) => {
            void read(event.target.files?.[0])
            event.target.value = ''
          }}
        />
      </label>
      {large && (
        <span role="alert" className="ow-ink-broken">
          {' '}
          {t('form.tooLarge')}
        </span>
      )}
    </Form.Item>
  )
}
