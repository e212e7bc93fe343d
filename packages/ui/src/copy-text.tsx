import { useEffect, useState } from 'react'
import './key-value.css'
import { Icon } from './icon.tsx'
import { useWords } from './kit.tsx'

/** Lines that a block shows at least without scrolling. */
const seen = 12

/** Text with a button that puts it on the clipboard. */
export function CopyText(props: { text: string; block?: boolean }) {
  if (props.block === true) {
    return (
      <div className="ow-copy-block">
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard */}
        <pre tabIndex={props.text.split('\n').length > seen ? 0 : undefined}>{props.text}</pre>
        <CopyButton text={props.text} />
      </div>
    )
  }
  return (
    <span className="ow-copy">
      <code>{props.text}</code>
      <CopyButton text={props.text} />
    </span>
  )
}

export function CopyButton(props: { text: string; label?: string }) {
  const t = useWords()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [copied])
  const label = copied ? t('copied') : (props.label ?? t('copy'))
  return (
    <button
      type="button"
      className="ow-icon-button"
      aria-label={label}
      title={label}
      onClick={() => void write(props.text).then(setCopied)}
    >
      <Icon name={copied ? 'check' : 'copy'} />
      <output className="ow-hidden">{copied ? t('copied') : ''}</output>
    </button>
  )
}

/** False where the browser refuses (no permission, plain http): the text stays there to be selected by hand. */
async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
