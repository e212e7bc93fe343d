import { useEffect, useState } from 'react'
import { useWords } from './kit.tsx'
import './states.css'
import { Status } from './status.tsx'

/** Grey lines where text will be. Invisible for the first 300 ms: what is quick should not flicker. */
export function Skeleton(props: { lines?: number }) {
  const t = useWords()
  const late = useLate(300)
  const widths = ['62%', '88%', '74%', '46%', '81%']
  return (
    <div className="ow-bones" aria-busy="true">
      {late && <span className="ow-hidden">{t('loading')}</span>}
      {Array.from({ length: props.lines ?? 4 }, (_, line) => (
        <span key={line} className="ow-bone" style={{ width: widths[line % widths.length] }} />
      ))}
      <StillWaiting />
    </div>
  )
}

/** After 8 s, what the grey lines wait for, and that they still do. */
export function StillWaiting() {
  const t = useWords()
  return (
    <output className="ow-still-waiting">
      {useLate(8_000) && <Status health="working" word={t('stillLoading')} reason={t('stillLoadingHint')} />}
    </output>
  )
}

/** Becomes true after so many milliseconds. */
function useLate(milliseconds: number): boolean {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), milliseconds)
    return () => clearTimeout(timer)
  }, [milliseconds])
  return late
}
