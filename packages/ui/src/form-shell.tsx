import { Button, Form, type FormInstance, type FormProps } from 'antd'
import { type ReactNode, useRef, useState } from 'react'
import { Drawer } from './drawer.tsx'
import { Failure, type FailureText } from './failure.tsx'
import { useWords } from './kit.tsx'
import './form-shell.css'

export type FormShellProps<Values> = {
  form: FormInstance<Values>
  initial: Values
  /** The button's verb. */
  verb: string
  onSubmit: (values: Values) => void
  /** Both are required so that nobody forgets to hook them up. */
  loading: boolean
  failure: FailureText | undefined
  /** Asks again for what the form needs and could not be read. */
  onRetry?: (() => void) | undefined
  /** Why it cannot be sent now. */
  disabled?: string | undefined
  onChange?: (values: Values) => void
  children: ReactNode
}

/** A form in a panel from the right, for small things made or edited beside a list. */
export function FormDrawer<Values extends object>(
  props: FormShellProps<Values> & { title: string; open: boolean; onClose: () => void },
) {
  const t = useWords()
  return (
    <Drawer
      title={props.title}
      open={props.open}
      onClose={props.onClose}
      footer={
        <div className="ow-drawer-foot">
          <Held why={props.disabled} />
          <Button onClick={props.onClose}>{t('cancel')}</Button>
          <Submit {...props} />
        </div>
      }
    >
      <ShellForm {...props} />
    </Drawer>
  )
}

/** A form as a page: fields at the left, at most 720 px; what will come of them at the right, updated as one types. */
export function FormPage<Values extends object>(
  props: FormShellProps<Values> & { preview?: ReactNode; onCancel: () => void },
) {
  const t = useWords()
  return (
    <div className="ow-form-page">
      <div className="ow-form-fields">
        <ShellForm {...props} />
        <div className="ow-form-foot">
          <Submit {...props} />
          <Button onClick={props.onCancel}>{t('cancel')}</Button>
          <Held why={props.disabled} />
        </div>
      </div>
      {props.preview !== undefined && <aside className="ow-form-preview">{props.preview}</aside>}
    </div>
  )
}

/** Beside the button, for those too who cannot point at it. */
function Held(props: { why: string | undefined }) {
  return props.why === undefined ? null : <span className="ow-form-held">{props.why}</span>
}

function Submit<Values>(props: FormShellProps<Values>) {
  const held = props.disabled !== undefined
  return (
    <Button
      type="primary"
      loading={props.loading}
      disabled={held}
      title={props.disabled}
      onClick={() => props.form.submit()}
    >
      {props.verb}
    </Button>
  )
}

/** Label above, hint below, checked when left and at once after; a refused submit focuses the first field at fault. */
function ShellForm<Values extends object>(props: FormShellProps<Values>) {
  const t = useWords()
  const [faults, setFaults] = useState(0)
  const box = useRef<HTMLDivElement>(null)
  const failed: NonNullable<FormProps<Values>['onFinishFailed']> = ({ errorFields }) => {
    setFaults(errorFields.length)
    // antd marks the fields in its own next render.
    requestAnimationFrame(() => focusFirstFault(box.current))
  }
  return (
    <div ref={box} className="ow-form">
      {props.failure !== undefined && <Failure failure={props.failure} onRetry={props.onRetry} />}
      <output className="ow-form-faults">{faults > 0 && t('errors', { count: faults })}</output>
      <Form<Values>
        form={props.form}
        layout="vertical"
        requiredMark={false}
        validateTrigger={['onBlur', 'onChange']}
        initialValues={props.initial}
        disabled={props.loading}
        onFinish={(values) => {
          setFaults(0)
          props.onSubmit(values)
        }}
        onFinishFailed={failed}
        onValuesChange={(_changed, values) => {
          if (faults > 0) setFaults(props.form.getFieldsError().filter((field) => field.errors.length > 0).length)
          props.onChange?.(values)
        }}
      >
        {props.children}
      </Form>
    </div>
  )
}

function focusFirstFault(box: HTMLElement | null): void {
  const item = box?.querySelector<HTMLElement>('.ant-form-item-has-error')
  const field = item?.querySelector<HTMLElement>('input, textarea, [role="combobox"], [contenteditable="true"]')
  ;(field ?? item)?.focus()
  item?.scrollIntoView({ block: 'center' })
}

/** A field of an Istio form: the human word, the API's own name beside it in monospace. */
export function FieldLabel(props: { children: ReactNode; field?: string; optional?: boolean }) {
  const t = useWords()
  return (
    <span className="ow-field-label">
      {props.children}
      {props.field !== undefined && <code>{props.field}</code>}
      {props.optional === true && <span className="ow-muted">{t('optional')}</span>}
    </span>
  )
}

/** Settings few people need, folded; the summary says what is set, so that nothing hides. */
export function Advanced(props: {
  title: string
  summary?: string | undefined
  /** Made when first opened: for many fields that the form itself does not hold. */
  deferred?: boolean
  children: ReactNode
}) {
  const t = useWords()
  const [made, setMade] = useState(props.deferred !== true)
  return (
    <details className="ow-advanced" onToggle={({ currentTarget }) => setMade((was) => was || currentTarget.open)}>
      <summary>
        <span>{props.title}</span>
        <span className="ow-muted">
          {props.summary === undefined || props.summary === '' ? t('notSet') : props.summary}
        </span>
      </summary>
      <div className="ow-advanced-body">{made && props.children}</div>
    </details>
  )
}
