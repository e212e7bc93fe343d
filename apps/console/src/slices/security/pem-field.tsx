import { FieldLabel } from '@orbweaver/ui/form-shell'
import { Form, type FormItemProps, Input } from 'antd'
import { useState } from 'react'
import type { ApplyValues } from './apply-values.ts'
import { useText } from './text.ts'

/** What the contract takes of one file (characters). */
const mostText = 65_536

/** PEM, pasted or read from a file; it travels only as part of the form. */
export function PemField(props: {
  name: 'certificate' | 'key' | 'ca'
  /** In words; `optional` marks it so. */
  label: string
  optional?: boolean
  hint: string
  rules: NonNullable<FormItemProps['rules']>
}) {
  const t = useText()
  const form = Form.useFormInstance<ApplyValues>()
  const [large, setLarge] = useState(false)
  const { name, label, optional, hint, rules } = props
  const read = async (file: File | undefined) => {
    if (file === undefined) return
    setLarge(file.size > mostText)
    if (file.size > mostText) return
    form.setFieldValue(name, await file.text())
  }
  return (
    <Form.Item<ApplyValues>
      label={optional === true ? <FieldLabel optional>{label}</FieldLabel> : label}
      extra={hint}
      required={rules.length > 0}
      htmlFor={name}
    >
      <Form.Item<ApplyValues> name={name} noStyle rules={rules}>
        <Input.TextArea rows={4} maxLength={mostText} spellCheck={false} autoComplete="off" className="ow-code" />
      </Form.Item>
      <label className="ow-link ow-file">
        {t('form.file')}
        <input
          type="file"
          aria-label={t('form.fileOf', { field: label })}
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
