import { useState } from 'react'
import './form-shell.css'

/** A file input that looks like a link: reads a file of text here; what is larger than `mostBytes` is refused. */
export function TextFile(props: {
  /** What the link says, and what the input is called where several stand on a page. */
  label: string
  name?: string
  mostBytes: number
  tooLarge: string
  onText: (text: string) => void
}) {
  const [large, setLarge] = useState(false)
  const { mostBytes } = props
  const read = async (file: File | undefined) => {
    if (file === undefined) return
    setLarge(file.size > mostBytes)
    if (file.size <= mostBytes) props.onText(await file.text())
  }
  return (
    <>
      <label className="ow-link ow-file">
        {props.label}
        <input
          type="file"
          aria-label={props.name ?? props.label}
          onChange={(event) => {
            void read(event.target.files?.[0])
            event.target.value = ''
          }}
        />
      </label>
      {large && (
        <span role="alert" className="ow-ink-broken">
          {' '}
          {props.tooLarge}
        </span>
      )}
    </>
  )
}
