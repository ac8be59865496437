/**
 * What a shell runs at Tab: it asks the program, word by word. Nothing that was typed is evaluated. The program is called by its
 * path, not by npm, which takes twice as long.
 */
export const SHELLS = {
  bash: (program: string) => `_longhaul() {
  local words line
  read -ra words <<< "\${COMP_LINE:0:COMP_POINT}"
  [[ "\${COMP_LINE:0:COMP_POINT}" == *[[:space:]] ]] && words+=("")
  COMPREPLY=()
  while IFS= read -r line; do COMPREPLY+=("\${line%%$'\\t'*}"); done < <(${program} complete -- "\${words[@]:1}" 2>/dev/null)
}
complete -o bashdefault -o default -F _longhaul longhaul`,

  zsh: (program: string) => `#compdef longhaul
_longhaul() {
  local -a found
  found=("\${(@f)$(${program} complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  found=("\${(@)found:#}")
  if (( \${#found} )); then
    found=("\${(@)found//$'\\t'/:}")
    _describe longhaul found
  else
    _files
  fi
}
compdef _longhaul longhaul`,

  fish: (program: string) => `function __longhaul_complete
  set -l words (commandline -opc)
  ${program} complete -- $words[2..-1] (commandline -ct) 2>/dev/null
end
complete -c longhaul -a '(__longhaul_complete)'`,
};

export type Shell = keyof typeof SHELLS;

/** A word as all three shells read it back unchanged. */
export const quoted = (word: string): string => `'${word.replaceAll("'", String.raw`'\''`)}'`;
